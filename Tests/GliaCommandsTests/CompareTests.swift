import Foundation
import GliaCore
import Testing

extension ToolTests {
  @Suite struct CompareTests {
    let place = try? Workplace()

    private func workplace() throws -> Workplace {
      let place = try #require(place)
      try place.write(Examples.moons, to: "moons.json")
      return place
    }

    @Test func writesTableAndPictures() throws {
      let place = try workplace()
      let run = try place.glia(
        "compare", "moons.json", "--optimizers", "sgd:0.5,momentum,Adam:0.01", "--seeds", "2", "--output", "out")
      #expect(run.status == 0, "\(run)")
      #expect(
        try place.files(in: "out") == [
          "boundaries.png", "comparison.csv", "comparison.json", "comparison.png", "ranking.csv", "runs.jsonl",
        ])
      for name in ["sgd lr 0.5", "momentum lr 0.01", "adam lr 0.01", "validation", "time"] {
        #expect(run.output.contains(name), "\(run)")
      }
      let lines = try place.text("out/comparison.csv").split(separator: "\n").map { $0.split(separator: ",") }
      #expect(
        lines.first?.joined(separator: ",")
          == "optimizer,seed,epoch,learning_rate,loss,penalty,accuracy,validation_loss,validation_accuracy,seconds,stopped"
      )
      // Three optimizers, two seeds, four epochs.
      #expect(lines.count == 25 && lines.allSatisfy { $0.count == 11 })
    }

    @Test func aSolverHasNoSchedule() throws {
      let place = try workplace()
      let run = try place.glia(
        "compare", "moons.json", "--optimizers", "adam,lbfgs", "--seeds", "1", "--output", "out", "--set",
        #"training.schedule={"type":"cosine","steps":10}"#)
      #expect(run.status == 0 && run.output.contains("1 seed is too few"), "\(run)")
    }

    @Test func runsAreThoseOfTrain() throws {
      let place = try workplace()
      try place.glia("compare", "moons.json", "--optimizers", "adam,sgd:0.1", "--seeds", "3", "--output", "out")
      try place.glia("train", "moons.json", "--seed", "2", "--no-plots", "--output", "single")
      let history = try place.text("single/history.csv").split(separator: "\n").dropFirst().map {
        $0.split(separator: ",")[2]
      }
      let compared = try place.text("out/comparison.csv").split(separator: "\n").map { $0.split(separator: ",") }
        .filter { $0[0].hasPrefix("adam") && $0[1] == "2" }.map { $0[4] }
      #expect(compared == history && history.count == 4)
    }

    @Test func equalInputMakesEqualPictures() throws {
      let place = try workplace()
      for folder in ["a", "b"] {
        try place.glia(
          "compare", "moons.json", "--optimizers", "sgd,adam", "--seeds", "2", "--output", folder, "--quiet")
      }
      for name in ["comparison.png", "boundaries.png"] {
        #expect(try place.bytes("a/\(name)") == place.bytes("b/\(name)"))
      }
    }

    @Test func divergenceIsCounted() throws {
      let place = try workplace()
      let some = try place.glia(
        "compare", "sine", "--optimizers", "sgd:1e30,adam", "--seeds", "2", "--epochs", "3", "--output", "out")
      #expect(some.status == 0 && some.output.contains("2/2") && some.output.contains("0/2"), "\(some)")
      #expect(try place.files(in: "out").contains("comparison.png"))
      let all = try place.glia("compare", "sine", "--optimizers", "sgd:1e30", "--seeds", "1", "--output", "all")
      #expect(all.status == 1, "\(all)")
    }

    @Test func tuningIsFairAndWritten() throws {
      let place = try workplace()
      let arguments = [
        "compare", "moons.json", "--optimizers", "sgd,adam:0.02", "--tune", "4", "--seeds", "6", "--output",
      ]
      for (jobs, output) in [("1", "one"), ("3", "three")] {
        let run = try place.run(place.glia, arguments + [output, "--jobs", jobs, "--quiet"])
        #expect(run.status == 0 && run.output.contains("each tuned with 4 trials"), "\(run)")
        #expect(run.output.contains("learning_rate") && run.output.contains("adam lr 0.02"), "\(run)")
      }
      for name in ["tuning.csv", "comparison.png", "sensitivity.png", "budget.png"] {
        #expect(try place.bytes("one/\(name)") == place.bytes("three/\(name)"), "\(name)")
      }
      let tuning = try place.text("one/tuning.csv").split(separator: "\n").map { $0.split(separator: ",") }
      #expect(tuning.count == 9 && tuning[1][0] == "sgd" && tuning[5][0] == "adam lr 0.02")
      // Ranks by the median validation loss, with fresh seeds.
      let ranking = try place.text("one/ranking.csv").split(separator: "\n").dropFirst().map {
        $0.split(separator: ",", maxSplits: 3, omittingEmptySubsequences: false)
      }
      #expect(ranking.map { $0[0] } == ["1", "2"] && Double(ranking[0][2]) ?? 1 <= Double(ranking[1][2]) ?? 0)
      let seeds = Set(
        try place.text("one/comparison.csv").split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1] })
      #expect(seeds == ["1", "2", "3", "4", "5", "6"])
    }

    @Test func aSuiteIsRankedOverItsProblems() throws {
      let place = try workplace()
      try place.write(
        #"""
        [{"experiment": "moons.json", "target": 0.6}, {"experiment": "xor", "target": 0.3},
         {"experiment": "moons.json", "name": "again/other"}]
        """#, to: "suite.json")
      let run = try place.glia(
        "compare", "suite.json", "--optimizers", "sgd:0.1,adam:0.01,lbfgs", "--seeds", "2", "--budget", "60", "--quiet",
        "--output", "out")
      #expect(run.status == 0 && run.output.contains("average ranks over 3 problems"), "\(run)")
      #expect(
        try place.files(in: "out") == [
          "again-other", "average_ranks.csv", "comparison.csv", "comparison.json", "critical_difference.png",
          "profile.png", "ranking.csv", "ranks.png", "runs.jsonl", "small-moons", "xor",
        ])
      let ranking = try place.text("out/ranking.csv").split(separator: "\n")
      #expect(ranking.count == 10 && ranking[0].hasPrefix("problem,rank,optimizer,median"))
      for (text, status) in [("[]", 65), ("[{}]", 65), (#"[{"experiment": "none"}]"#, 66)] {
        try place.write(text, to: "wrong.json")
        #expect(try place.glia("compare", "wrong.json", "--optimizers", "sgd").status == Int32(status), "\(text)")
      }
    }

    /// Solvers of squared errors take no part in classifications, and everything is in the report.
    @Test func whatDoesNotFitTakesNoPart() throws {
      let place = try workplace()
      try place.write(#"[{"experiment": "moons.json"}, {"experiment": "sine"}]"#, to: "suite.json")
      let arguments = ["--seeds", "2", "--epochs", "2", "--no-plots", "--quiet", "--output", "out"]
      let optimizers = "levenberg_marquardt,sgd:0.1,schedule_free_adamw"
      let run = try place.run(place.glia, ["compare", "suite.json", "--optimizers", optimizers] + arguments)
      #expect(run.status == 0 && run.output.contains("took no part: levenberg_marquardt minimizes"), "\(run)")
      // Names, numbers and remarks fit the usual terminal.
      #expect(run.lines.allSatisfy { $0.count <= 80 }, "\(run)")
      let report = try JSON(parsing: place.text("out/comparison.json"))
      let rows = try #require(report["problems"]?[0]?["ranking"]?.array)
      #expect(report["stopped"] == "completed" && rows.count == 3 && rows[2]["took_no_part"]?.string != nil)
      let averages = try #require(report["suite"]?["average_ranks"]?.array)
      #expect(averages.compactMap { $0["average_rank"]?.double }.reduce(0, +) == 6)
      let table = try place.text("out/average_ranks.csv").split(separator: "\n").dropFirst()
      #expect(
        table.map { $0.split(separator: ",")[1] }.map(String.init) == averages.compactMap { $0["optimizer"]?.string })
      // In a single comparison it is an error, before anything is trained.
      let single = try place.run(place.glia, ["compare", "moons.json", "--optimizers", optimizers] + arguments)
      #expect(
        single.status == 65 && single.errors.contains("levenberg_marquardt") && single.output.isEmpty, "\(single)")
    }

    /// Waits until the log of the runs has so many lines.
    private func waitForLog(in place: Workplace, lines: Int) throws {
      for _ in 0..<2000 {
        if place.exists("out/runs.jsonl"), try place.text("out/runs.jsonl").split(separator: "\n").count >= lines {
          return
        }
        Thread.sleep(forTimeInterval: 0.01)
      }
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func aSignalKeepsWhatWasFinished(signal: Int32, status: Int32) throws {
      let place = try workplace()
      let arguments = ["compare", "moons.json", "--optimizers", "sgd:0.1,adam:0.01", "--epochs", "100"]
      let run = try place.run(place.glia, arguments + ["--seeds", "1000", "--output", "out"]) { process in
        try waitForLog(in: place, lines: 6)
        kill(process.processIdentifier, signal)
      }
      #expect(run.status == status && run.errors.contains("repeat the command with --resume out"), "\(run)")
      #expect(run.output.contains("stopped after"), "\(run)")
      #expect(try place.files(in: "out").contains("comparison.png"))
      let report = try JSON(parsing: place.text("out/comparison.json"))
      let seeds = try #require(report["problems"]?[0]?["seeds"]?.int)
      #expect(report["stopped"] == "interrupted" && seeds >= 2 && seeds < 1000)
      let refused = try place.run(place.glia, arguments + ["--output", "out"])
      #expect(refused.status == 64 && refused.errors.contains("--resume"), "\(refused)")
      // Resumed, it has the results of an uninterrupted comparison.
      let more = ["--seeds", "\(seeds + 1)", "--no-plots"]
      #expect(try place.run(place.glia, arguments + more + ["--resume", "out"]).status == 0)
      #expect(try place.run(place.glia, arguments + more + ["--output", "whole"]).status == 0)
      #expect(try place.bytes("out/ranking.csv") == place.bytes("whole/ranking.csv"))
    }

    @Test func anInterruptedCurveIsContinued() throws {
      let place = try workplace()
      let arguments = ["curve", "moons.json", "--seeds", "2", "--epochs", "200"]
      let units = (1...1000).map(String.init)
      let run = try place.run(
        place.glia, arguments + ["--vary", "network.layers.0.units=\(units.joined(separator: ","))", "--output", "out"]
      ) { process in
        try waitForLog(in: place, lines: 4)
        kill(process.processIdentifier, SIGINT)
      }
      #expect(run.status == 130 && run.errors.contains("repeat the command with --resume out"), "\(run)")
      #expect(run.output.contains("stopped after") && run.output.contains("of 1,000 values"), "\(run)")
      #expect(try place.files(in: "out") == ["curve.csv", "curve.png", "runs.jsonl"])
      let some = ["--vary", "network.layers.0.units=1,2,3,4", "--no-plots"]
      let rest = try place.run(place.glia, arguments + some + ["--resume", "out"])
      #expect(rest.status == 0 && rest.errors.contains("resumed with"), "\(rest)")
      #expect(try place.run(place.glia, arguments + some + ["--output", "whole"]).status == 0)
      #expect(try place.bytes("out/curve.csv") == place.bytes("whole/curve.csv"))
    }

    /// Exit statuses and arguments.
    static let mistakes = [
      "64 moons --optimizers sgd --tune 0", "64 moons --optimizers sgd --budget 0",
      "64 moons --optimizers sgd --budget 2m",
      "64 moons --optimizers sgd --strategy luck", "64 moons --optimizers sgd --objective beauty",
      "64 moons --optimizers sgd --jobs 0", "64 moons --optimizers sgd --learning-rate 3",
      "66 suite:small --optimizers sgd",
      "64 moons --optimizers sdg",
      "64 moons --optimizers sgd:fast",
      "64 moons --optimizers sgd:-1",
      "64 moons --optimizers sgd:nan",
      "64 moons --optimizers sgd,,adam",
      "64 moons --optimizers ,",
      "64 moons --optimizers sgd,sgd:0.01",
      "64 moons --optimizers sgd --seeds 0",
      "64 moons --optimizers sgd --seeds -99999999999",
      "64 moons --optimizers sgd --epochs 0",
      "64 moons",
      "64 moons --optimizers sgd --threshold nan",
      "66 nothing --optimizers sgd",
      "73 moons --optimizers sgd --output /dev/null/x",
    ]

    @Test(arguments: mistakes) func mistakesAreTold(mistake: String) throws {
      let words = mistake.split(separator: " ").map(String.init)
      let place = try workplace()
      let run = try place.run(place.glia, ["compare"] + words.dropFirst())
      #expect("\(run.status)" == words[0] && !run.wasSignalled && run.output.isEmpty, "\(run)")
    }
  }
}

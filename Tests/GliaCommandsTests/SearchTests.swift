import Foundation
import GliaCore
import Testing

extension ToolTests {
  @Suite struct SearchTests {
    private static let space = [
      "--space", "training.optimizer.learning_rate=log:1e-3..1", "--space", "network.layers.0.units=int:1..4",
    ]

    private func workplace() throws -> Workplace {
      let place = try Workplace()
      try place.write(Examples.moons, to: "moons.json")
      return place
    }

    private func search(_ place: Workplace, _ output: String, _ arguments: [String] = []) throws -> Workplace.Outcome {
      try place.run(
        place.glia,
        ["search", "moons.json", "--trials", "6", "--strategy", "random", "--output", output] + Self.space + arguments)
    }

    @Test func filesAndTableAreWritten() throws {
      let place = try workplace()
      let run = try search(place, "out")
      #expect(run.status == 0, "\(run)")
      for name in [
        "search.csv", "best.json", "trials.jsonl", "report.json", "model.safetensors", "search.png", "parallel.png",
        "slices.png", "importance.png",
      ] {
        #expect(try place.files(in: "out").contains(name), "\(name)")
      }
      #expect(run.output.contains("6 completed (random)") && run.output.contains("test"), "\(run)")
      let rows = try place.text("out/search.csv").split(separator: "\n").map { $0.split(separator: ",") }
      #expect(
        rows[0].joined(separator: ",")
          == "trial,training.optimizer.learning_rate,network.layers.0.units,objective,state")
      #expect(rows.count == 7 && rows.dropFirst().map { $0[0] } == ["1", "2", "3", "4", "5", "6"])
      // The best experiment has the settings of the best trial, and gives its result again.
      let best = try #require(rows.dropFirst().min { Double($0[3]) ?? .infinity < Double($1[3]) ?? .infinity })
      let experiment = try JSON(parsing: place.text("out/best.json"))
      #expect(experiment["network"]?["layers"]?[0]?["units"]?.compact == String(best[2]))
      try place.glia("train", "out/best.json", "--output", "again", "--no-plots")
      let report = try JSON(parsing: place.text("again/report.json"))
      #expect(report["validation"]?["loss"]?.double == Double(best[3]))
      #expect(
        try JSON(parsing: place.text("out/report.json"))["search"]?["best"]?["objective"]?.double == Double(best[3]))
    }

    @Test func aSmallSpaceIsSearchedCompletely() throws {
      let place = try workplace()
      let units = ["--space", "network.layers.0.units=int:2..9", "--epochs", "1", "--no-plots"]
      let run = try place.run(place.glia, ["search", "moons.json", "--trials", "50", "--output", "all"] + units)
      #expect(run.status == 0 && run.errors.contains("the space has only 8 points, so all are tried"), "\(run)")
      let rows = try place.text("all/search.csv").split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1] }
      #expect(rows.compactMap { Int($0) } == Array(2...9))
      // Trials over other settings are not lost by mistake.
      let other = ["search", "moons.json", "--space", "network.layers.0.units=2,3", "--output", "all"]
      #expect(try place.run(place.glia, other).status == 64)
      #expect(try place.text("all/trials.jsonl").split(separator: "\n").count == 9)
    }

    @Test func jobsDoNotMatter() throws {
      let place = try workplace()
      for (jobs, output) in [("1", "one"), ("3", "three")] {
        #expect(
          try search(place, output, ["--jobs", jobs, "--strategy", "tpe", "--pruner", "median", "--quiet"]).status == 0)
      }
      for name in ["search.csv", "best.json", "search.png", "parallel.png", "slices.png"] {
        #expect(try place.bytes("one/\(name)") == place.bytes("three/\(name)"), "\(name)")
      }
    }

    @Test func anInterruptedSearchIsContinued() throws {
      let place = try workplace()
      #expect(try search(place, "whole", ["--no-plots"]).status == 0)
      let log = try place.text("whole/trials.jsonl").split(separator: "\n", omittingEmptySubsequences: false)
      try FileManager.default.createDirectory(atPath: place.path("part"), withIntermediateDirectories: true)
      // As if it had been killed while it wrote the fourth trial.
      try place.write(log.prefix(4).joined(separator: "\n") + "\n" + log[4].prefix(9), to: "part/trials.jsonl")
      let refused = try search(place, "part")
      #expect(refused.status == 64 && refused.errors.contains("--resume"), "\(refused)")
      let run = try place.run(
        place.glia,
        ["search", "moons.json", "--resume", "part", "--trials", "6", "--strategy", "random", "--no-plots"])
      #expect(run.status == 0 && run.errors.contains("resumed after 3 trials"), "\(run)")
      #expect(try place.bytes("whole/search.csv") == place.bytes("part/search.csv"))
      let other = try place.run(
        place.glia,
        ["search", "moons.json", "--resume", "part", "--trials", "6", "--strategy", "random", "--epochs", "2"])
      #expect(other.status == 65 && other.errors.contains("another search"), "\(other)")
    }

    @Test func aSignalEndsItWithAHint() throws {
      let place = try workplace()
      let arguments = [
        "search", "moons.json", "--trials", "100000", "--strategy", "random", "--output", "out", "--epochs", "50",
      ]
      let run = try place.run(place.glia, arguments + Self.space) { process in
        for _ in 0..<500 where !place.exists("out/trials.jsonl") { Thread.sleep(forTimeInterval: 0.01) }
        Thread.sleep(forTimeInterval: 0.3)
        kill(process.processIdentifier, SIGINT)
      }
      #expect(run.status == 130 && run.errors.contains("repeat the command with --resume out"), "\(run)")
    }

    @Test func aMetricMayBeMaximizedOverFoldsAndSeeds() throws {
      let place = try workplace()
      let run = try search(
        place, "out", ["--objective", "accuracy", "--folds", "2", "--seeds", "2", "--strategy", "sobol", "--no-plots"])
      #expect(run.status == 0, "\(run)")
      let values = try place.text("out/search.csv").split(separator: "\n").dropFirst().compactMap {
        Double($0.split(separator: ",")[3])
      }
      let report = try JSON(parsing: place.text("out/report.json"))
      #expect(report["search"]?["best"]?["objective"]?.double == values.max() && values.count == 6)
    }

    @Test func aFileMayHaveTheSpace() throws {
      let place = try workplace()
      try place.write(
        #"""
        {"training.optimizer": ["sgd", "momentum"], "training.optimizer.momentum":
          {"range": "0..0.9", "when": {"training.optimizer": ["momentum"]}}}
        """#, to: "space.json")
      let run = try place.glia(
        "search", "moons.json", "--space", "space.json", "--strategy", "grid", "--output", "out", "--no-plots")
      #expect(run.status == 0, "\(run)")
      let rows = try place.text("out/search.csv").split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
      #expect(rows.dropFirst().filter { $0[1] == "sgd" }.map { $0[2] } == [""] && rows.count == 7)
    }

    /// Exit statuses and arguments.
    static let mistakes = [
      "64 moons", "64 moons --space training.optimizer.learning_rate", "64 moons --space training.optimizer.rate=0..1",
      "64 moons --space training.epochs=0..5", "64 moons --space training.epochs=int:5..1",
      "64 moons --space training.optimizer.learning_rate=log:0..1",
      "64 moons --space training.optimizer=sgd,sdg", "64 moons --space training.epochs=int:1..5 --trials 0",
      "64 moons --space training.epochs=int:1..5 --strategy luck",
      "64 moons --space training.epochs=int:1..5 --pruner luck",
      "64 moons --space training.epochs=int:1..5 --jobs 0", "64 moons --space training.epochs=int:1..5 --seeds 0",
      "64 moons --space training.epochs=int:1..5 --folds 1",
      "64 moons --space training.epochs=int:1..5 --objective beauty",
      "64 moons --space training.loss=binary_crossentropy,focal", "66 none --space training.epochs=int:1..5",
      "66 moons --resume nowhere", "64 moons --resume a --output b", "66 moons --space none.json",
      "73 moons --space training.epochs=int:1..5 --output /dev/null/x",
    ]

    @Test(arguments: mistakes) func mistakesAreTold(mistake: String) throws {
      let words = mistake.split(separator: " ").map(String.init)
      let place = try workplace()
      let run = try place.run(place.glia, ["search"] + words.dropFirst())
      #expect("\(run.status)" == words[0] && !run.wasSignalled && run.output.isEmpty, "\(run)")
    }

    @Test func aSearchWithoutAnyValueFails() throws {
      let place = try workplace()
      let run = try place.glia(
        "search", "sine", "--space", "training.optimizer.learning_rate=1e36,1e37", "--strategy", "grid", "--output",
        "out")
      #expect(run.status == 1 && run.errors.contains("diverged"), "\(run)")
      #expect(try place.text("out/search.csv").contains("diverged"))
    }
  }

  @Suite struct CurveTests {
    @Test func aSettingIsVaried() throws {
      let place = try Workplace()
      try place.write(Examples.moons, to: "moons.json")
      let arguments = ["curve", "moons.json", "--vary", "network.layers.0.units=1,2,4", "--seeds", "2", "--output"]
      for (jobs, output) in [("1", "one"), ("2", "two")] {
        let run = try place.run(place.glia, arguments + [output, "--jobs", jobs, "--objective", "accuracy"])
        #expect(
          run.status == 0 && run.output.contains("network.layers.0.units") && run.output.contains("best"), "\(run)")
      }
      let lines = try place.text("one/curve.csv").split(separator: "\n")
      #expect(lines.count == 7 && lines[0] == "network.layers.0.units,run,training_accuracy,held_out_accuracy")
      for name in ["curve.csv", "curve.png"] { #expect(try place.bytes("one/\(name)") == place.bytes("two/\(name)")) }
    }

    @Test func samplesAreVaried() throws {
      let place = try Workplace()
      let run = try place.glia(
        "curve", "moons", "--vary", "samples=10,100", "--seeds", "2", "--epochs", "3", "--output", "out", "--quiet")
      #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
      #expect(try place.files(in: "out") == ["curve.csv", "curve.png", "runs.jsonl"])
    }

    static let mistakes = [
      "64 moons", "64 moons --vary units", "64 moons --vary network.layers.0.unit=1,2", "64 moons --vary samples=0,5",
      "64 moons --vary samples=a,b", "64 moons --vary network.layers.0.units=0,1",
      "64 moons --vary samples=5,9 --seeds 0",
      "64 moons --vary samples=5,9 --points 1", "64 moons --vary samples=5,9 --jobs 0", "66 none --vary samples=5,9",
      "64 moons --vary samples=5,9 --objective beauty", "73 moons --vary samples=5,9 --output /dev/null/x",
    ]

    @Test(arguments: mistakes) func mistakesAreTold(mistake: String) throws {
      let words = mistake.split(separator: " ").map(String.init)
      let place = try Workplace()
      let run = try place.run(place.glia, ["curve"] + words.dropFirst())
      #expect("\(run.status)" == words[0] && !run.wasSignalled && run.output.isEmpty, "\(run)")
    }

    @Test func ratesAreFound() throws {
      let place = try Workplace()
      let flat = try place.glia("find-rate", "moons", "--from", "1e-9", "--to", "1e-7", "--output", "flat")
      #expect(flat.output.contains("the loss hardly changed; try larger rates with --to"), "\(flat)")
      let run = try place.glia("find-rate", "moons", "--steps", "60", "--output", "out")
      #expect(run.status == 0 && run.output.contains("learning rate"), "\(run)")
      #expect(try place.files(in: "out") == ["rates.csv", "rates.png"])
      let lines = try place.text("out/rates.csv").split(separator: "\n")
      #expect(lines[0] == "learning_rate,loss,smoothed_loss" && lines[1].hasPrefix("1e-06,"))
      for mistake in [["--from", "1", "--to", "0.1"], ["--from", "0"], ["--steps", "1"], ["--to", "nan"]] {
        #expect(try place.run(place.glia, ["find-rate", "moons"] + mistake).status == 64)
      }
    }
  }
}

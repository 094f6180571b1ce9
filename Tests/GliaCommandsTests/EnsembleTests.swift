import Foundation
import GliaCore
import Testing

extension ToolTests {
  @Suite struct EnsembleTests {
    private func trained(_ more: String...) throws -> (place: Workplace, run: Workplace.Outcome) {
      let place = try Workplace()
      try place.write(Examples.moons, to: "moons.json")
      let run = try place.run(
        place.glia,
        ["train", "moons.json", "--ensemble", "3", "--seed", "7", "--output", "out", "--quiet"] + more)
      #expect(run.status == 0, "\(run)")
      return (place, run)
    }

    @Test func membersAreTrainedAndAveraged() throws {
      let (place, run) = try trained()
      #expect(
        try place.files(in: "out")
          == ["boundary.png", "member-1", "member-2", "member-3", "model.safetensors", "report.json"])
      #expect(try place.files(in: "out/member-2").contains("loss.png"))
      let report = try JSON(parsing: place.text("out/report.json"))
      #expect(report["seed"] == 7 && report["stopped"] == "completed" && report["parameters"] == 39)
      #expect(report["experiment"]?["network"]?["layers"]?.array?.count == 2)
      let seeds = report["members"]?.array?.map { $0["seed"]?.double }
      #expect(seeds == [7, 8, 9])

      // Each member is what a run with its seed gives.
      try place.glia("train", "moons.json", "--seed", "8", "--output", "single", "--quiet", "--no-plots")
      let single = try JSON(parsing: place.text("single/report.json"))
      #expect(report["members"]?.array?[1]["test"] == single["test"])
      #expect(try JSON(parsing: place.text("out/member-2/report.json"))["test"] == single["test"])

      let rows = run.lines.filter { $0.contains("member ") || $0.contains("ensemble ") }
      #expect(rows.count == 1 + 3 * 4, "\(run)")

      // Other commands read the model like any other.
      let evaluated = try place.glia("evaluate", "out", "--data", "moons.json")
      let loss = evaluated.lines.first?.split(separator: " ").last.flatMap { Double($0) }
      #expect(loss == report["test"]?["loss"]?.double, "\(evaluated)")
      // Calibration needs to know that the outputs are probabilities.
      for command in [["describe"], ["plot", "boundary"], ["plot", "calibration"], ["plot", "diagram"]] {
        let other = try place.run(place.glia, command + ["out/model.safetensors"])
        #expect(other.status == 0, "\(other)")
      }
    }

    @Test func aReportTrainsTheEnsembleAgain() throws {
      let (place, _) = try trained("--no-plots")
      let run = try place.glia("train", "out/report.json", "--no-plots", "--output", "again")
      #expect(run.status == 0 && run.errors.contains("the report of an ensemble of 3"), "\(run)")
      let models = try ["out", "again"].map { try SafeTensors(contentsOf: place.path("\($0)/model.safetensors")) }
      #expect(models[0].tensors == models[1].tensors)
      let single = try place.glia("train", "out/member-2/report.json", "--no-plots", "--quiet", "--output", "one")
      #expect(single.status == 0 && !place.exists("one/member-1"), "\(single)")
    }

    @Test func predictionsAreTheMeanOfTheMembers() throws {
      let (place, _) = try trained("--no-plots")
      let model = try Model(contentsOf: place.path("out/model.safetensors"), with: .standard)
      let names = model.columns.joined(separator: ",")
      try place.write("\(names)\n0.5,0.25\n-1,2\n", to: "new.csv")
      func numbers(_ model: String, _ more: String...) throws -> [[Double]] {
        let run = try place.run(place.glia, ["predict", model, "--data", "new.csv"] + more)
        #expect(run.status == 0, "\(run)")
        return run.lines.dropFirst().map { $0.split(separator: ",").dropFirst().compactMap { Double($0) } }
      }
      let members = try (1...3).map { try numbers("out/member-\($0)") }
      let (ensemble, spread) = (try numbers("out"), try numbers("out", "--deviation"))
      for row in 0..<2 {
        let p = members.map { $0[row][1] }
        let mean = p.reduce(0, +) / 3
        #expect(abs(ensemble[row][1] - mean) < 1e-6)
        #expect(Array(spread[row].prefix(2)) == ensemble[row])
        func entropy(_ p: Double) -> Double { -p * log(p) - (1 - p) * log(1 - p) }
        #expect(abs(spread[row][2] - entropy(mean)) < 1e-6)
        #expect(abs(spread[row][3] - (entropy(mean) - p.reduce(0) { $0 + entropy($1) } / 3)) < 1e-6)
      }
    }

    @Test func theMeanIsCalibrated() throws {
      let (place, run) = try trained(
        "--no-plots", "--set", "split.validation=0.2", "--set", "training.calibration=temperature",
        // No temperature is best for classes that are told apart without an error.
        "--set", "data.noise=0.3", "--set", "data.samples=400", "--epochs", "30", "--learning-rate", "0.05")
      #expect(run.output.contains("calibrated") && !run.errors.contains("not calibrated"), "\(run)")
      let report = try JSON(parsing: place.text("out/report.json"))
      #expect(report["fitted"]?["temperature"]?.double ?? 0 > 0)
      let evaluated = try place.glia("evaluate", "out", "--data", "out/report.json")
      let loss = evaluated.lines.first?.split(separator: " ").last.flatMap { Double($0) }
      #expect(loss == report["test"]?["loss"]?.double, "\(evaluated)")
    }

    @Test func anInterruptedMemberIsLeftOut() throws {
      let place = try Workplace()
      try place.write(Examples.moons, to: "moons.json")
      let run = try place.glia(
        "train", "moons.json", "--ensemble", "3", "--epochs", "1000000", "--no-plots", "--output", "out"
      ) { process in
        place.wait { place.errorsSoFar.contains("epoch") }
        kill(process.processIdentifier, SIGINT)
      }
      #expect(run.status == 130 && !run.wasSignalled, "\(run)")
      #expect(run.output.contains("member 1, interrupted"), "\(run)")
      #expect(try place.files(in: "out") == ["member-1"])
      #expect(place.exists("out/member-1/model.safetensors"))
    }

    @Test func impossibleEnsemblesAreRefused() throws {
      let place = try Workplace()
      try place.write(Examples.moons, to: "moons.json")
      for more in [
        ["--ensemble", "1"], ["--ensemble", "1001"], ["--ensemble", "-2"], ["--ensemble", "2", "--folds", "3"],
        ["--ensemble", "2", "--resume", "x"], ["--ensemble", "2", "--initial-weights", "x"],
      ] {
        let run = try place.run(place.glia, ["train", "moons.json", "--output", "out"] + more)
        #expect(run.status == 64, "\(more) \(run)")
      }
      #expect(!place.exists("out"))
    }
  }
}

import GliaCore
import Testing

extension ToolTests {
  @Suite struct FoldsTests {
    @Test func everyFoldIsTrainedAndTested() throws {
      let place = try Workplace()
      try place.write(Examples.moons, to: "moons.json")
      let run = try place.glia("train", "moons.json", "--folds", "3", "--output", "out", "--no-plots", "--quiet")
      #expect(run.status == 0, "\(run)")
      #expect(try place.files(in: "out") == ["fold-1", "fold-2", "fold-3", "folds.csv", "predictions.csv"])
      let lines = try place.text("out/folds.csv").split(separator: "\n")
      let rows = lines.map { $0.split(separator: ",").map(String.init) }
      #expect(rows[0] == ["fold", "loss", "accuracy", "stopped"])
      #expect(rows.dropFirst().map { $0[0] } == ["1", "2", "3"])

      // The table matches the reports of the folds; the last rows are the mean and sample standard deviation.
      var losses: [Double] = []
      for fold in 1...3 {
        let report = try JSON(parsing: place.text("out/fold-\(fold)/report.json"))
        let loss = try #require(report["test"]?["loss"]?.double)
        #expect(Double(rows[fold][1]) == loss)
        #expect(report["experiment"]?["split"]?["type"] == "k_fold")
        #expect(report["experiment"]?["split"]?["fold"]?.double == Double(fold - 1))
        losses.append(loss)
      }
      let mean = losses.reduce(0, +) / 3
      let deviation = (losses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2).squareRoot()
      func row(_ name: String) -> [Substring] {
        run.lines.first { $0.contains(name) }?.split(separator: " ") ?? []
      }
      #expect(abs((Double(row("mean").dropFirst().first ?? "") ?? .nan) - mean) < 1e-3 * mean)
      #expect(abs((Double(row("std").dropFirst().first ?? "") ?? .nan) - deviation) < 1e-3 * deviation)
    }

    @Test(
      "files of a former run are removed",
      arguments: [
        ("--folds", "fold", ["folds.csv", "predictions.csv"]),
        ("--ensemble", "member", ["model.safetensors", "report.json"]),
      ]
    )
    func formerFiles(option: String, prefix: String, files: [String]) throws {
      let place = try Workplace()
      try place.write(Examples.moons, to: "moons.json")
      func train(_ more: String...) throws {
        let run = try place.run(
          place.glia, ["train", "moons.json", "--output", "out", "--no-plots", "--quiet", "--epochs", "1"] + more)
        #expect(run.status == 0, "\(run)")
      }
      try train()
      try train(option, "4")
      try place.write("mine", to: "out/\(prefix)-4/notes.txt")
      try train(option, "2")
      #expect(try place.files(in: "out") == (["\(prefix)-1", "\(prefix)-2", "\(prefix)-4"] + files).sorted())
      #expect(try place.files(in: "out/\(prefix)-4") == ["notes.txt"])
    }

    @Test func impossibleFoldsAreRefused() throws {
      let place = try Workplace()
      try place.write(Examples.moons, to: "moons.json")
      #expect(try place.glia("train", "moons.json", "--folds", "1", "--no-plots").status == 64)
      #expect(try place.glia("train", "moons.json", "--folds", "-3", "--no-plots").status == 64)
      let many = try place.glia("train", "moons.json", "--folds", "61", "--no-plots", "--output", "many")
      #expect(many.status == 64 || many.status == 65, "\(many)")
      let same = try place.glia("train", "xor", "--folds", "2", "--no-plots")
      #expect(same.status == 64 && same.errors.contains("split"), "\(same)")
      #expect(try place.glia("train", "moons.json", "--folds", "2", "--resume", "x").status == 64)
    }
  }
}

import Foundation
import GliaCore
import Testing

extension ToolTests {
  /// A plot that cannot be drawn is omitted with a note, and does not change the exit status.
  @Suite struct PictureTests {
    let place = try? Workplace()

    private static let words = """
      {
        "name": "words",
        "data": {"type": "csv", "path": "words.csv", "target": "y"},
        "network": {"layers": [
          {"type": "embedding", "input_dim": 5, "output_dim": 3}, "flatten",
          {"type": "dense", "units": 1, "activation": "sigmoid"}
        ]},
        "training": {"loss": "binary_crossentropy", "optimizer": "adam", "epochs": 3}
      }
      """

    private func workplace() throws -> Workplace {
      let place = try #require(place)
      try place.write(Self.words, to: "words.json")
      let rows = (0..<20).map { "\($0 % 5),\($0 % 3),\($0 % 2 == 0 ? "a" : "b")\n" }
      try place.write("x1,x2,y\n" + rows.joined(), to: "words.csv")
      return place
    }

    @Test func aGridHasNoWordsForAnEmbedding() throws {
      let place = try workplace()
      try place.write("of a former run", to: "stale.png")
      try FileManager.default.createDirectory(atPath: place.path("out"), withIntermediateDirectories: true)
      try place.write("of a former run", to: "out/boundary.png")
      let run = try place.glia("train", "words.json", "--output", "out", "--quiet")
      #expect(run.status == 0, "\(run)")
      #expect(run.errors.hasPrefix("note: boundary.png omitted: ") && run.errors.contains("embedding"), "\(run)")
      #expect(run.errors.split(separator: "\n").count == 1)
      #expect(place.exists("out/loss.png") && !place.exists("out/boundary.png"))

      let folds = try place.glia("train", "words.json", "--output", "folds", "--folds", "2", "--quiet", "--animate")
      #expect(folds.status == 0 && place.exists("folds/fold-2/loss.png"), "\(folds)")
      #expect(!place.exists("folds/fold-2/boundary.png") && !place.exists("folds/fold-2/learning.png"))

      let compared = try place.glia(
        "compare", "words.json", "--optimizers", "sgd,adam", "--seeds", "1", "--output", "compared", "--quiet")
      #expect(compared.status == 0 && compared.errors.contains("embedding"), "\(compared)")
      #expect(place.exists("compared/comparison.png") && !place.exists("compared/boundaries.png"))
    }

    /// Networks with two inputs, and learning rates that make training overflow.
    @Test(arguments: ["1e30", "1e38", "1e20"], [[], ["--folds", "2"], ["--no-plots"], ["--animate"]])
    func aDivergenceIsToldWhateverPicturesDo(_ rate: String, _ options: [String]) throws {
      let place = try workplace()
      try place.write(
        """
        {
          "data": {"type": "hills", "samples": 64},
          "network": {"layers": [
            {"type": "dense", "units": 8, "activation": "relu"}, {"type": "dense", "units": 8, "activation": "relu"},
            {"type": "dense", "units": 1}
          ]},
          "training": {
            "loss": "mean_squared_error", "optimizer": {"type": "sgd", "learning_rate": \(rate)}, "epochs": 3}
        }
        """, to: "hills.json")
      let run = try place.run(place.glia, ["train", "hills.json", "--output", "out", "--quiet"] + options)
      #expect(run.status == 1, "\(run)")
      #expect(run.errors.contains("error: training diverged"), "\(run)")
      #expect(run.errors.components(separatedBy: "error: ").count == 2, "\(run)")
      let report = options.first == "--folds" ? "out/fold-2/report.json" : "out/report.json"
      #expect(try JSON(parsing: place.text(report))["stopped"]?.string == "diverged")
    }

    @Test func anOptimizerThatDivergesLeavesTheOthersTheirPictures() throws {
      let place = try workplace()
      let run = try place.glia(
        "compare", "moons", "--optimizers", "sgd:1e38,adam", "--seeds", "1", "--epochs", "1", "--output", "out")
      #expect(run.status == 0, "\(run)")
      #expect(
        try place.files(in: "out") == [
          "boundaries.png", "comparison.csv", "comparison.json", "comparison.png", "ranking.csv", "runs.jsonl",
        ])
    }
  }
}

import Foundation
import Glia
import GliaCore
import Testing

extension ToolTests {
  @Suite struct ModelTests {
    let place = try? Workplace()

    /// Trains on the iris data with a layer of `units`.
    func trainFlowers(
      units: Int = 3, loss: String = "sparse_categorical_crossentropy", activation: String = "softmax",
      rows: String? = nil
    ) throws -> Workplace {
      let place = try #require(place)
      try place.write(rows ?? Examples.flowers, to: "flowers.csv")
      try place.write(
        Examples.csv(
          "flowers.csv", target: "\"species\"", units: units, loss: loss, activation: activation,
          more: ", \"standardize\": true"),
        to: "flowers.json")
      let run = try place.glia("train", "flowers.json", "--output", "out")
      try #require(run.status == 0, "\(run)")
      return place
    }

    @Test func predictionsOfClassesHaveTheirProbabilities() throws {
      let place = try trainFlowers()
      // Additional columns in a different order.
      try place.write("id,length,width\nx,0.5,1.0\ny,4.6,5.2\n", to: "new.csv")
      let run = try place.glia("predict", "out/model.safetensors", "--data", "new.csv")
      #expect(run.lines.first == "class,\"p_blue, large\",p_setosa,p_virgin", "\(run)")
      #expect(run.lines.count == 3)
      let numbers = run.lines.dropFirst().map { $0.split(separator: ",").suffix(3).compactMap { Double($0) } }
      #expect(numbers.allSatisfy { $0.count == 3 && abs($0.reduce(0, +) - 1) < 1e-6 })

      let model = try Model(contentsOf: place.path("out/model.safetensors"), with: .standard)
      let expected = try model.predict(Tensor(rows: [[1.0, 0.5], [5.2, 4.6]]))
      #expect(numbers.flatMap { $0.map { Float($0) } } == expected.values)
    }

    @Test func twoClassesFromOneOutputHaveBothProbabilities() throws {
      let rows = "length,species\n1,no\n2,no\n3,yes\n4,yes\n"
      let place = try trainFlowers(units: 1, loss: "binary_crossentropy", activation: "sigmoid", rows: rows)
      let run = try place.glia("predict", "out/model.safetensors", "--data", "flowers.csv")
      #expect(run.lines.first == "class,p_no,p_yes")
      for line in run.lines.dropFirst() {
        let cells = line.split(separator: ",")
        let (no, yes) = (try #require(Double(cells[1])), try #require(Double(cells[2])))
        #expect(abs(no + yes - 1) < 1e-6)
        #expect(cells[0] == (yes > 0.5 ? "yes" : "no"))
      }
    }

    @Test func predictionsOfNumbersHaveTheTargetsNames() throws {
      let place = try #require(place)
      try place.write("x,u,v\n0,1,2\n1,2,4\n2,3,6\n", to: "data.csv")
      try place.write(
        Examples.csv("data.csv", target: "[\"u\", \"v\"]", units: 2, loss: "mean_squared_error"), to: "e.json")
      try place.glia("train", "e.json", "--output", "out")
      let run = try place.glia("predict", "out/model.safetensors", "--data", "data.csv", "--output", "p.csv")
      #expect(run.status == 0 && run.output.isEmpty, "\(run)")
      let lines = try place.text("p.csv").split(separator: "\n")
      #expect(lines.first == "u,v")
      #expect(lines.count == 4)
    }

    @Test func manyRowsArePredictedInPieces() throws {
      let place = try trainFlowers()
      let rows = (0..<10_000).map { "\(Double($0 % 50) / 10),\(Double($0 % 7))\n" }
      try place.write("width,length\r\n" + rows.joined() + "\n\n", to: "many.csv")
      let run = try place.glia("predict", "out/model.safetensors", "--data", "many.csv")
      #expect(run.lines.count == 10_001, "\(run.errors)")
      // Row 350 repeats row 0, as does row 9,800, far beyond the first chunk.
      #expect(run.lines[1] == run.lines[351] && run.lines[1] == run.lines[9_801])
    }

    static let badRows = [
      ("no column 'width'", "length\n1\n"), ("text 'x'", "width,length\n1,x\n"), ("empty cell", "width,length\n1,\n"),
      ("a row with 1 cell", "width,length\n1\n"), ("called 'width'", "width,width,length\n1,2,3\n"),
      ("no samples", "width,length\n"),
      ("there is no header", ""), ("never closed", "width,length\n1,\"2\n"),
      ("missing value 'nan'", "width,length\n1,nan\n"),
    ]

    @Test("blank lines are no rows, unless --strict is given")
    func blankLines() throws {
      let place = try trainFlowers()
      try place.write("width,length\n1,2\n\n1,2\n", to: "blank.csv")
      #expect(try place.glia("predict", "out/model.safetensors", "--data", "blank.csv").lines.count == 3)
      let strict = try place.glia("predict", "out/model.safetensors", "--data", "blank.csv", "--strict")
      #expect(strict.status == 65 && strict.errors.contains("blank line"), "\(strict)")
    }

    @Test func badRowsAreRefused() throws {
      let place = try trainFlowers()
      for (says, text) in Self.badRows {
        try place.write(text, to: "bad.csv")
        let run = try place.glia("predict", "out/model.safetensors", "--data", "bad.csv", "--output", "p.csv")
        #expect(run.status == 65 && run.errors.contains(says), "\(run)")
        #expect(!place.exists("p.csv"))
      }
    }

    @Test func binaryNoiseIsRefused() throws {
      let place = try trainFlowers()
      let noise = Data((0..<100_000).map { _ in UInt8.random(in: 0...255) })
      try noise.write(to: place.folder.appendingPathComponent("noise"))
      for arguments in [
        ["predict", "out/model.safetensors", "--data", "noise"],
        ["evaluate", "out/model.safetensors", "--data", "noise"],
        ["predict", "noise", "--data", "flowers.csv"], ["describe", "noise"], ["train", "noise"],
      ] {
        let run = try place.run(try place.glia, arguments)
        #expect(run.status == 65 && !run.wasSignalled, "\(arguments) \(run)")
      }
    }

    @Test func evaluationIsOneLineAValue() throws {
      let place = try trainFlowers()
      let run = try place.glia("evaluate", "out/model.safetensors", "--data", "flowers.csv")
      #expect(run.errors == "note: evaluated on the 6 samples of flowers.csv\n")
      #expect(run.lines.map { $0.split(separator: " ").first } == ["loss", "accuracy"], "\(run)")
      let report = try JSON(parsing: place.text("out/report.json"))
      // All samples were used for training, so the file is the training set.
      let loss = try #require(run.lines[0].split(separator: " ").last.flatMap { Double($0) })
      #expect(abs(loss - (try #require(report["train"]?["loss"]?.double))) < 1e-6)
    }

    @Test func anExperimentIsEvaluatedOnItsTestPart() throws {
      let place = try #require(place)
      try place.write(Examples.moons, to: "moons.json")
      try place.glia("train", "moons.json", "--output", "out")
      let run = try place.glia("evaluate", "out/model.safetensors", "--data", "moons.json")
      let report = try JSON(parsing: place.text("out/report.json"))
      let loss = try #require(report["test"]?["loss"]?.double)
      #expect(run.lines.first.flatMap { Double($0.dropFirst(5)) } == loss, "\(run)")
    }

    @Test func aTruncatedModelIsRefused() throws {
      let place = try trainFlowers()
      let bytes = try place.bytes("out/model.safetensors")
      for count in [0, 7, 8, 100, bytes.count - 1] {
        try bytes.prefix(count).write(to: place.folder.appendingPathComponent("cut"))
        let run = try place.glia("describe", "cut")
        #expect(run.status == 65 && !run.wasSignalled, "\(count) \(run)")
      }
    }

    @Test func modelsAndExperimentsAreDescribed() throws {
      let place = try trainFlowers()
      for subject in ["out/model.safetensors", "flowers.json", "out/report.json"] {
        let run = try place.glia("describe", subject)
        #expect(run.status == 0 && run.output.contains("9 parameters") && run.output.contains("softmax"), "\(run)")
      }
    }

    @Test("control characters in a model file are made visible")
    func hostileModel() throws {
      let place = try #require(place)
      try place.glia("train", "moons", "--epochs", "1", "--no-plots", "--output", "o")
      var file = try SafeTensors(contentsOf: place.path("o/model.safetensors"))
      for key in ["glia.columns", "glia.classes", "glia.targets", "glia.version"] {
        file.metadata[key] = "[\"\\u001b[2J\u{1B}]0;x\u{7}\", \"\u{9B}31m\\u202e\"]"
      }
      try file.write(to: place.path("bad.safetensors"))
      try place.write("a,b\n1,2\n", to: "t.csv")
      for arguments in [
        ["describe", "bad.safetensors"], ["evaluate", "bad.safetensors", "--data", "moons"],
        ["predict", "bad.safetensors", "--data", "t.csv"], ["plot", "confusion", "bad.safetensors", "--data", "moons"],
        ["plot", "boundary", "bad.safetensors", "--data", "t.csv"], ["train", "moons", "--resume", "bad.safetensors"],
        ["train", "moons", "--initial-weights", "bad.safetensors", "--output", "n"],
      ] {
        let run = try place.run(place.glia, arguments)
        let told = run.errors + (arguments[0] == "predict" ? "" : run.output)
        #expect(
          !told.unicodeScalars.contains {
            $0.value < 0x20 && $0 != "\n" || (0x7F...0x9F).contains($0.value) || $0 == "\u{202E}"
          },
          "\(arguments)")
      }
    }
  }
}

import GliaCore
import Testing

extension ToolTests {
  @Suite struct UncertaintyTests {
    /// A trained regression, with dropout if there is a rate.
    private func trained(dropout rate: Double?) throws -> Workplace {
      let place = try Workplace()
      try place.write("x,y\n" + (0..<20).map { "\($0),\(1000 + 50 * $0)\n" }.joined(), to: "data.csv")
      let dropout = rate.map { "{\"type\": \"dropout\", \"rate\": \($0)}, " } ?? ""
      try place.write(
        """
        {"data": {"type": "csv", "path": "data.csv", "target": "y", "standardize": true, "standardize_targets": true},
         "network": {"layers": [{"type": "dense", "units": 8, "activation": "tanh"}, \(dropout){"type": "dense", "units": 1}]},
         "training": {"loss": "mean_squared_error", "optimizer": "adam", "epochs": 3}}
        """, to: "e.json")
      let run = try place.glia("train", "e.json", "--output", "out", "--quiet", "--no-plots")
      #expect(run.status == 0, "\(run)")
      return place
    }

    @Test func dropoutIsSampled() throws {
      let place = try trained(dropout: 0.5)
      func predict(_ more: String...) throws -> Workplace.Outcome {
        try place.run(place.glia, ["predict", "out", "--data", "data.csv", "--samples", "40"] + more)
      }
      let run = try predict("--seed", "3")
      #expect(run.status == 0 && run.lines.first == "y,y_deviation" && run.lines.count == 21, "\(run)")
      #expect(try predict("--seed", "3").output == run.output)
      #expect(try predict("--seed", "4").output != run.output)
      #expect(try predict().output == predict("--seed", "0").output)

      let model = try Model(contentsOf: place.path("out/model.safetensors"), with: .standard)
      let samples = try model.samples(of: Tensor(rows: (0..<20).map { [Float($0)] }), count: 40, seed: 3)
      for (row, line) in run.lines.dropFirst().enumerated() {
        let cells = line.split(separator: ",").compactMap { Float($0) }
        #expect(abs(cells[0] - samples.mean.values[row]) < 0.01)
        #expect(abs(cells[1] - samples.deviation.values[row]) < 0.01 && cells[1] > 0)
      }
    }

    @Test func anInvalidRowHasNoSpread() throws {
      let place = try trained(dropout: 0.5)
      try place.write("x\n1\nbad\n2\n", to: "new.csv")
      try place.write("x\n1\n2\n", to: "valid.csv")
      let run = try place.glia("predict", "out", "--data", "new.csv", "--samples", "10")
      let valid = try place.glia("predict", "out", "--data", "valid.csv", "--samples", "10")
      #expect(run.status == 0 && run.lines.count == 4 && run.lines[2] == ",", "\(run)")
      #expect(run.lines.filter { $0 != "," } == valid.lines)
    }

    @Test func modelsWithoutSpreadAreRefused() throws {
      let place = try trained(dropout: nil)
      let run = try place.glia("predict", "out", "--data", "data.csv", "--samples", "10")
      #expect(run.status == 64 && run.errors.contains("dropout") && run.errors.contains("hint:"), "\(run)")
      let single = try place.glia("predict", "out", "--data", "data.csv", "--deviation")
      #expect(single.status == 64 && single.errors.contains("not an ensemble"), "\(single)")
    }

    @Test func wrongOptionsAreRefused() throws {
      let place = try trained(dropout: 0.5)
      for more in [
        ["--samples", "1"], ["--samples", "0"], ["--samples", "-5"], ["--samples", "1000001"], ["--seed", "1"],
        ["--samples", "5", "--deviation"], ["--deviation"],
      ] {
        let run = try place.run(place.glia, ["predict", "out", "--data", "data.csv"] + more)
        #expect(run.status == 64 && run.output.isEmpty, "\(more) \(run)")
      }
    }
  }
}

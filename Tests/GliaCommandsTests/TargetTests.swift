import Foundation
import Glia
import Testing

extension ToolTests {
  /// Transformed targets, soft labels, thresholds, calibration and intervals on the command line.
  @Suite struct TargetTests {
    private func train(
      _ place: Workplace, _ text: String, data: String, layer: String, loss: String, more: String = "",
      epochs: Int = 60
    ) throws -> Workplace.Outcome {
      try place.write(text, to: "d.csv")
      try place.write(
        """
        {"data": {"type": "csv", "path": "d.csv", \(data)}, "split": {"test": 0.2, "validation": 0.3},
          "network": {"layers": [{"type": "dense", \(layer)}]}, "training": {"loss": \(loss),
          "optimizer": {"type": "adam", "learning_rate": 0.05}, "epochs": \(epochs)\(more)}}
        """, to: "e.json")
      return try place.glia("train", "e.json", "--quiet", "--output", "o")
    }

    /// ln y = 8 x, from 1 to about 3,000.
    private let prices = "x,y\n" + (0..<200).map { "\(Double($0) / 200),\(exp(Double($0) / 25))\n" }.joined()

    @Test func logarithmsAreUndoneEverywhere() throws {
      let place = try Workplace()
      let run = try train(
        place, prices, data: #""target": "y", "target_transform": "log", "standardize_targets": true"#,
        layer: #""units": 1"#, loss: #""mean_squared_error""#,
        more: #", "metrics": ["r2_score"], "intervals": 0.9"#, epochs: 200)
      #expect(run.status == 0 && run.output.contains("on targets, log, standardized"), "\(run)")
      let report = try JSON(parsing: place.text("o/report.json"))
      #expect(report["test"]?["r2_score"]?.double ?? 0 > 0.99, "\(report.compact)")
      #expect(report["fitted"]?["intervals"]?["radius"]?.array?.count == 1)
      let predictions = try place.glia("predict", "o", "--data", "d.csv")
      #expect(predictions.lines[0] == "y,y_low,y_high")
      let last = try #require(predictions.lines.last).split(separator: ",").compactMap { Double($0) }
      #expect(last.count == 3 && abs(last[0] / 2864 - 1) < 0.2 && last[1] <= last[0] && last[0] <= last[2])
      // The logarithm has an interval of constant width: the ends are the prediction times and divided by a factor.
      #expect(abs(last[0] / last[1] / (last[2] / last[0]) - 1) < 1e-4 && run.output.contains("up and down"), "\(run)")
      for kind in ["residuals", "boundary"] {
        #expect(try place.run(place.glia, ["plot", kind, "o", "--output", "p.png"]).status == 0)
      }
      // Far outside, the prediction is too large for a number.
      try place.write("x\n1e6\n0.5\n", to: "new.csv")
      let far = try place.glia("predict", "o", "--data", "new.csv")
      #expect(far.status == 0 && far.lines[1] == ",," && far.errors.contains("not finite"), "\(far)")
      let described = try place.glia("describe", "o")
      #expect(described.output.contains("log, standardized") && described.output.contains("90 % of the targets"))
    }

    @Test func targetsWithoutALogarithmAreNamed() throws {
      let run = try train(
        Workplace(), prices + "3,0\n", data: #""target": "y", "target_transform": "log""#, layer: #""units": 1"#,
        loss: #""mean_squared_error""#)
      #expect(run.status == 65 && run.errors.contains("sample 200") && run.errors.contains("log1p"), "\(run)")
    }

    /// 40 rare samples among 200, which one input barely tells apart.
    private let rare =
      "x,c\n"
      + (0..<200).map { i in
        let isRare = i % 5 == 0
        return "\(Double(i * 37 % 100) / 100 + (isRare ? 0.4 : 0)),\(isRare ? "yes" : "no")\n"
      }.joined()

    @Test func theThresholdIsChosenSavedAndUsed() throws {
      let place = try Workplace()
      let run = try train(
        place, rare, data: #""target": "c""#, layer: #""units": 1, "activation": "sigmoid""#,
        loss: #"{"type": "binary_crossentropy", "class_weights": "balanced"}"#,
        more: #", "metrics": ["f1_score"], "threshold": "f1", "calibration": "temperature""#)
      #expect(run.status == 0 && run.output.contains("threshold") && run.output.contains("weights"), "\(run)")
      let report = try JSON(parsing: place.text("o/report.json"))
      let fitted = try #require(report["fitted"])
      let threshold = try #require(fitted["threshold"]?.double)
      #expect(fitted["metric"]?.string == "f1" && fitted["class_weights"]?.array?.count == 2)
      #expect(fitted["temperature"]?.double ?? 0 > 0)
      // The metric of the report is that at the threshold.
      let value = try #require(fitted["value"]?.double)
      #expect(abs(value - (try #require(report["validation"]?["f1_score"]?.double))) < 1e-9)
      #expect(value >= fitted["usual_value"]?.double ?? 1)
      #expect(report["experiment"]?["training"]?["loss"]?["class_weights"]?.string == "balanced")
      let predictions = try place.glia("predict", "o", "--data", "d.csv")
      for line in predictions.lines.dropFirst() {
        let cells = line.split(separator: ",")
        #expect(cells[0] == (try #require(Double(cells[2])) > threshold ? "yes" : "no"))
      }
      let evaluation = try place.glia("evaluate", "o", "--data", "e.json")
      let test = try #require(report["test"]?["f1_score"]?.double)
      let again = evaluation.lines.first { $0.hasPrefix("f1_score ") }.flatMap { Double($0.dropFirst(9)) }
      #expect(abs(try #require(again) - test) < 1e-9, "\(evaluation)")
      for kind in ["confusion", "calibration", "boundary"] {
        #expect(try place.run(place.glia, ["plot", kind, "o", "--output", "p.png"]).status == 0)
      }
    }

    @Test func aThresholdNeedsAValidationPart() throws {
      let place = try Workplace()
      let run = try place.glia("train", "moons", "--set", "training.threshold=f1", "--output", "o")
      #expect(run.status == 65 && run.errors.contains("there is no validation part"), "\(run)")
      let fixed = try place.glia(
        "train", "moons", "--set", "training.threshold=0.3", "--epochs", "2", "--quiet", "--output", "o")
      #expect(fixed.status == 0 && fixed.output.contains("threshold  0.3"), "\(fixed)")
      let place2 = try Workplace()
      try place2.write(Examples.moons, to: "moons.json")
      let form = #"training.threshold={"metric": "f1", "positive": "0"}"#
      let settings = ["--set", "split.validation=0.2", "--set", form, "--set", "training.calibration=temperature"]
      let trained = try place2.run(place2.glia, ["train", "moons.json", "--output", "o", "--quiet"] + settings)
      #expect(trained.status == 0 && trained.output.contains("(f1 of '0' on the validation set"), "\(trained)")
      let described = try place2.glia("describe", "o/report.json")
      #expect(
        described.output.contains("threshold  that of the highest f1 of '0' on the validation set"), "\(described)")
      #expect(described.output.contains("calibration") && described.output.contains("temperature"), "\(described)")
    }

    @Test func anInterruptedTrainingResumesWithEqualBits() throws {
      let place = try Workplace()
      let settings = ["--set", "split.validation=0.2", "--set", "training.threshold=f1", "--quiet", "--no-plots"]
      for (epochs, more) in [(6, ["--output", "a"]), (3, ["--output", "b"])] {
        #expect(try place.run(place.glia, ["train", "moons", "--epochs", "\(epochs)"] + settings + more).status == 0)
      }
      let resumed = try place.run(
        place.glia,
        ["train", "moons", "--epochs", "6", "--resume", "b/checkpoint.safetensors", "--output", "c"] + settings)
      #expect(resumed.status == 0, "\(resumed)")
      let (whole, parts) = (
        try SafeTensors(contentsOf: place.path("a/model.safetensors")),
        try SafeTensors(contentsOf: place.path("c/model.safetensors"))
      )
      #expect(whole.tensors == parts.tensors)
      #expect(whole.metadata["glia.threshold"] != nil)
      #expect(whole.metadata["glia.threshold"] == parts.metadata["glia.threshold"])
    }

    @Test(arguments: ["categorical_crossentropy", "kl_divergence"])
    func softLabelsHaveTheNamesOfTheirColumns(loss: String) throws {
      let place = try Workplace()
      let rows = (0..<60).map { i in
        let p = Double(i) / 60
        return "\(p),\(String(format: "%.4f,%.4f,%.4f", 0.7 * p, 0.3 * p, 1 - p))\n"
      }
      let settings = (#""target": ["a", "b", "c"]"#, #""units": 3, "activation": "softmax""#, "\"\(loss)\"")
      let run = try train(
        place, "x,a,b,c\n" + rows.joined(), data: settings.0, layer: settings.1, loss: settings.2, epochs: 300)
      #expect(run.status == 0 && run.output.contains("accuracy"), "\(run)")
      let predictions = try place.glia("predict", "o", "--data", "d.csv")
      #expect(predictions.lines[0] == "class,p_a,p_b,p_c" && predictions.lines[1].hasPrefix("c,"))
      #expect(predictions.lines[60].hasPrefix("a,"))
      for (bad, says) in [("1,0.5,0.2,0.2\n", "sum to 0.9"), ("1,0.7,-0.2,0.5\n", "-0.2")] {
        let run = try train(
          place, "x,a,b,c\n" + rows.joined() + bad, data: settings.0, layer: settings.1, loss: settings.2)
        #expect(run.status == 65 && run.errors.contains(says) && run.errors.contains("sample 60"), "\(run)")
      }
    }
  }
}

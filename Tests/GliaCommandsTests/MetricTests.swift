import Foundation
import GliaCore
import Testing

extension ToolTests {
  @Suite struct MetricTests {
    let place = try? Workplace()

    @Test func aConfusionMatrixStandsInReportAndEvaluation() throws {
      let place = try #require(place)
      try place.write(Examples.moons, to: "moons.json")
      let metrics = "training.metrics=[\"accuracy\", \"confusion_matrix\"]"
      let run = try place.glia("train", "moons.json", "--output", "out", "--set", metrics)
      #expect(run.status == 0 && run.output.contains("confusion_matrix"), "\(run)")
      let test = try #require(try JSON(parsing: place.text("out/report.json"))["test"])
      let rows = try #require(test["confusion_matrix"]?.array).map { $0.array?.compactMap(\.int) ?? [] }
      #expect(rows.count == 2 && rows.allSatisfy { $0.count == 2 } && rows.joined().reduce(0, +) == 12)
      let right = Double(rows[0][0] + rows[1][1]) / 12
      #expect(test["accuracy"]?.double == right)
      let measured = try place.glia("evaluate", "out/model.safetensors", "--data", "moons.json")
      let words = rows.map { "[\($0[0]),\($0[1])]" }.joined(separator: ",")
      #expect(measured.lines.contains("confusion_matrix [\(words)]"), "\(measured)")
      let last = try #require(place.text("out/history.csv").split(separator: "\n").last?.split(separator: ","))
      #expect(try abs(#require(Double(last[4])) + #require(Double(last[5])) - 1) < 1e-12)
    }

    @Test func whatHasNoValueIsNullAndEmpty() throws {
      let place = try #require(place)
      // Both classes are in the training set, but only one in the validation and test sets.
      let rows = (0..<40).map { "\($0 % 7),\($0 < 3 ? "b" : "a")" }
      try place.write("x,y\n" + rows.joined(separator: "\n") + "\n", to: "rare.csv")
      try place.write(
        Examples.csv(
          "rare.csv", target: "\"y\"", units: 1, loss: "binary_crossentropy", activation: "sigmoid",
          more: "}, \"split\": {\"test\": 0.1, \"validation\": 0.1, \"seed\": 0"), to: "rare.json")
      let run = try place.glia(
        "train", "rare.json", "--output", "out", "--set", "training.metrics=[\"roc_auc\"]", "--animate")
      #expect(run.status == 0, "\(run)")
      let report = try JSON(parsing: place.text("out/report.json"))
      #expect(report["test"]?["roc_auc"] == .null && report["validation"]?["roc_auc"] == .null)
      #expect(report["train"]?["roc_auc"]?.double != nil)
      #expect(run.output.contains(" nan") && !run.output.contains("-nan"), "\(run)")
      let last = try #require(
        place.text("out/history.csv").split(separator: "\n").last?.split(
          separator: ",", omittingEmptySubsequences: false))
      #expect(last.count == 8 && last[6].isEmpty && !last[4].isEmpty)
      let rest = try place.glia(
        "train", "rare.json", "--output", "out", "--set", "training.metrics=[\"roc_auc\"]", "--epochs", "5", "--resume",
        "out/checkpoint.safetensors")
      #expect(rest.status == 0, "\(rest)")
    }

    @Test func aMetricThatStandsTwiceIsRefused() throws {
      let place = try #require(place)
      let run = try place.glia(
        "train", "blobs", "--set",
        "training.metrics=[{\"type\": \"top_k_accuracy\", \"k\": 1}, {\"type\": \"top_k_accuracy\", \"k\": 2}]")
      #expect(run.status == 64 && run.errors.contains("top_k_accuracy appears twice"), "\(run)")
    }
  }
}

import GliaCore
import GliaStudies

extension ScoreCurve {
  /// One line for every run.
  func csv(_ objective: ExperimentObjective) -> String {
    let header = [CSVText.quoted(path), "run", "training_\(objective.metric)", "held_out_\(objective.metric)"]
    let lines = points.flatMap { point in
      zip(point.training, point.heldOut).enumerated().map { index, values in
        [CSVText.quoted(point.value.plainText), "\(index + 1)", values.0.shortest, values.1.shortest]
      }
    }
    return ([header] + lines).map { $0.joined(separator: ",") + "\n" }.joined()
  }

  /// The medians, and the best value, as a table for the terminal.
  func table(_ objective: ExperimentObjective) -> TextTable {
    let best = bestIndex(higherIsBetter: objective.higherIsBetter)
    let rows = points.enumerated().map { index, point in
      let range = point.heldOut.filter(\.isFinite)
      return [
        point.value.briefText, Self.median(point.training)?.brief ?? "diverged",
        Self.median(point.heldOut)?.brief ?? "diverged",
        range.min().map { "\($0.brief) … \((range.max() ?? $0).brief)" } ?? "—", index == best ? "best" : "",
      ]
    }
    return TextTable(
      header: [path.count > 30 ? path.lastPart : path, "training", "held out", "range", ""],
      alignment: [.right, .right, .right, .right, .left],
      rows: rows)
  }

  /// The index of the point with the best median on held-out samples; nil if all runs diverged.
  func bestIndex(higherIsBetter: Bool) -> Int? {
    let medians = points.map { Self.median($0.heldOut).map { higherIsBetter ? -$0 : $0 } ?? .infinity }
    return medians.indices.min { medians[$0] < medians[$1] }.flatMap { medians[$0].isFinite ? $0 : nil }
  }

  /// The median of the runs; nil if half of them or more diverged.
  static func median(_ values: [Double]) -> Double? {
    let sorted = values.map { $0.isFinite ? $0 : .infinity }.sorted()
    guard !sorted.isEmpty else { return nil }
    let median = sorted[(sorted.count - 1) / 2] / 2 + sorted[sorted.count / 2] / 2
    return median.isFinite ? median : nil
  }
}

extension ScoreCurve.Point {
  /// The result in one line, for the progress.
  func line(path: String, _ objective: ExperimentObjective) -> String {
    func text(_ values: [Double]) -> String { ScoreCurve.median(values)?.brief ?? "diverged" }
    return
      "\(path.lastPart) \(value.briefText)  training \(objective.metric) \(text(training)), held out \(text(heldOut))"
  }
}

extension JSON {
  /// The value as it is given on the command line: text without quotes.
  var plainText: String { string ?? (self["type"]?.string).map { object?.count == 1 ? $0 : compact } ?? compact }

  /// The same in few columns: numbers with four digits.
  var briefText: String { int == nil ? double?.brief ?? plainText.visible(limit: 32) : plainText }
}

import GliaCore

/// The cross-validated predictions: for every tested sample, what the model of its fold predicts.
struct FoldPredictions {
  private struct Row {
    /// The index of the sample in the data.
    let sample: Int
    /// Its row in the file, from 1.
    let number: Int
    let fold: FoldPlan.Fold
    let targets: [String]
    /// The predictions by the names of their columns, because the models of two folds may know different classes.
    let cells: [String: String]
  }

  private var rows: [Row] = []
  private var targets: [String] = []
  private var header: [String] = []

  static let fileName = "predictions.csv"

  /// Adds the test samples of `fold` with the predictions of its model.
  mutating func add(_ training: FinishedTraining, _ fold: FoldPlan.Fold) throws {
    guard let test = training.preparation.test else { return }
    let columns = try PredictionColumns(for: training.model)
    let outputs = try training.model.outputs(for: test)
    let predictions = columns.cells(outputs)
    targets = test.targets.map(\.name)
    header += columns.header.filter { !header.contains($0) }
    let texts = test.targets.map(\.texts)
    for (row, sample) in training.preparation.parts.test.enumerated() where row < test.count {
      // As in `glia predict`, outputs that are not finite are no predictions.
      let isFinite = columns.areFinite(outputs[row: row])
      rows.append(
        Row(
          sample: sample, number: test.rowNumbers?[row] ?? sample + 1, fold: fold, targets: texts.map { $0[row] },
          cells: isFinite
            ? Dictionary(zip(columns.header, predictions[row]), uniquingKeysWith: { first, _ in first }) : [:]))
    }
  }

  /// The text of `predictions.csv`, in the order of the samples.
  ///
  /// - Parameter repeats: Whether there is a column with the repeat.
  func text(repeats: Bool) -> String {
    let numbers = ["row"] + (repeats ? ["repeat"] : []) + ["fold"]
    // A regression predicts its targets under their own names.
    let names = targets.map { (numbers + header).contains($0) ? "true_\($0)" : $0 }
    let lines = rows.sorted { ($0.sample, $0.fold.repetition) < ($1.sample, $1.fold.repetition) }.map { row in
      ["\(row.number)"] + (repeats ? ["\(row.fold.repetition)"] : []) + ["\(row.fold.number)"]
        + row.targets.map(CSVText.quoted) + header.map { row.cells[$0] ?? "" }
    }
    let predicted = header.map { numbers.contains($0) ? "predicted_\($0)" : $0 }
    return ([(numbers + names + predicted).map(CSVText.quoted)] + lines).map { $0.joined(separator: ",") + "\n" }
      .joined()
  }
}

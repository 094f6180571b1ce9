import GliaCore

/// A confusion matrix with recall, precision, and accuracy.
///
/// ```swift
/// var figure = try ConfusionMatrixPlot(labels: labels, predictions: predictions, classes: ["cat", "dog", "owl"])
/// figure.title = "pets · 64–32–3 relu"
/// try figure.write(to: "confusion.png")
/// ```
///
/// Rows are true classes, columns are predicted classes. The strength of a cell's color is the square root of its
/// fraction of the row, so that rare confusions are visible; correct and wrong predictions have different colors.
/// Numbers are omitted in cells that are too small.
public struct ConfusionMatrixPlot: ClassifierFigure {
  /// The size, theme, and text of the figure. If there is no subtitle, the figure shows the accuracy there.
  public var page = Page()
  /// The confusion matrix.
  public var confusion: Confusion
  /// The names of the classes, one per row of the matrix.
  public var classes: [String]
  private var skipped = 0

  /// Creates the figure of a confusion matrix, such as from a metric.
  public init(_ confusion: Confusion, classes: [String]) {
    (self.confusion, self.classes) = (confusion, classes)
  }

  /// Counts samples by the indices of their true and predicted classes.
  ///
  /// Throws an error when these differ in number or are empty, or when a class has no name.
  public init(labels: [Int], predictions: [Int], classes: [String]) throws {
    self.init(try Confusion(labels: labels, predictions: predictions, classes: classes.count), classes: classes)
  }

  /// Counts the predictions of a classifier.
  public init(_ results: ClassScores) throws {
    try self.init(labels: results.labels, predictions: results.decisions, classes: results.classes)
    skipped = results.skipped
  }

  /// Draws the cells, margins, and names. Throws an error when the number of names differs from the number of classes.
  public func draw(on canvas: inout Canvas) throws {
    guard classes.count == confusion.counts.count else {
      throw GliaError(
        "\(classes.count) names for \(confusion.counts.count) classes", at: "classes",
        expected: "one name for each class")
    }
    let page = page(summarizing: summary)
    let bars = ConfusionShades.bars(page.theme)
    func layout(barWidth: Double) -> (places: ConfusionLayout, text: ConfusionText) {
      let places = ConfusionLayout(
        page: page, bounds: canvas.bounds, names: classes, barWidth: barWidth, scale: canvas.scale)
      let largest = confusion.counts.joined().max() ?? 0
      return (places, ConfusionText(largest: largest, cell: places.cell, theme: page.theme))
    }
    var (places, text) = layout(barWidth: 0)
    let showsBar = text.percent == 0
    if showsBar { (places, text) = layout(barWidth: bars.width) }
    let drawing = ConfusionDrawing(confusion: confusion, names: classes, places: places, text: text, theme: page.theme)
    drawing.drawCells(on: &canvas)
    drawing.drawMargins(on: &canvas)
    drawing.drawNames(on: &canvas)
    if showsBar { bars.draw(on: &canvas, in: places.bar) }
    page.drawText(on: &canvas, left: places.cells.x, note: ROCCurve.skippedNote(skipped))
  }

  private var summary: String {
    var parts = ["accuracy \(NumberText.percent(confusion.accuracy))"]
    if classes.count > 1 {
      parts.append("balanced \(NumberText.percent(confusion.balancedAccuracy))")
      parts.append("macro F₁ \(NumberText.fixed(confusion.macroF1, decimals: 3))")
    }
    return (parts + [NumberText.count(confusion.total, "sample")]).joined(separator: " · ")
  }
}

/// The number of samples by true and predicted class.
///
/// ```swift
/// let confusion = try Confusion(labels: [0, 0, 1, 1, 1], predictions: [0, 1, 1, 1, 0], classes: 2)
/// confusion.counts    // [[1, 1], [1, 2]]
/// confusion.accuracy  // 0.6
/// ```
public struct Confusion: Hashable, Sendable {
  /// The number of samples by true class (row) and predicted class (column).
  public let counts: [[Int]]
  /// The number of samples of each true class.
  public let actual: [Int]
  /// The number of samples predicted as each class.
  public let predicted: [Int]
  /// The total number of samples.
  public let total: Int

  /// Creates a matrix from counts with one row per true class.
  ///
  /// Throws an error unless the matrix is square, no count is negative, and there is at least one sample.
  public init(_ counts: [[Int]]) throws {
    if let row = counts.firstIndex(where: { $0.count != counts.count }) {
      throw GliaError(
        "\(counts[row].count) counts in a row of \(counts.count) classes", at: "counts, row \(row)",
        expected: "one count for each class")
    }
    var total = 0
    for (row, own) in counts.enumerated() {
      for count in own {
        let (sum, overflows) = total.addingReportingOverflow(count)
        guard count >= 0, !overflows else {
          throw GliaError(
            "a count is \(count)", at: "counts, row \(row)",
            expected: "numbers of samples, from 0 to \(Int.max) together")
        }
        total = sum
      }
    }
    guard total > 0 else {
      throw GliaError("there are no samples", at: "counts", expected: "at least one sample")
    }
    (self.counts, self.total) = (counts, total)
    actual = counts.map { $0.reduce(0, +) }
    predicted = counts.reduce(into: counts.map { _ in 0 }) { sums, row in
      for (column, count) in row.enumerated() { sums[column] += count }
    }
  }

  /// Counts samples by the indices of their true and predicted classes.
  ///
  /// Throws an error when these differ in number or are empty, or when a class is not below `classes`, which is limited
  /// to 1 through 2000.
  public init(labels: [Int], predictions: [Int], classes: Int) throws {
    guard (1...2000).contains(classes) else {
      throw GliaError("\(classes) classes", at: "classes", expected: "1 to 2000")
    }
    guard labels.count == predictions.count else {
      throw GliaError(
        "\(predictions.count) predictions do not fit \(labels.count) labels", at: "predictions",
        expected: "one prediction for every label")
    }
    var counts = Array(repeating: Array(repeating: 0, count: classes), count: classes)
    for (row, (label, prediction)) in zip(labels, predictions).enumerated() {
      for (index, name) in [(label, "labels"), (prediction, "predictions")] where !counts.indices.contains(index) {
        throw GliaError(
          "a sample has the class \(index)", at: "\(name), sample \(row)", expected: "a class from 0 to \(classes - 1)")
      }
      counts[label][prediction] += 1
    }
    try self.init(counts)
  }

  /// The fraction of correctly predicted samples.
  public var accuracy: Double { Double(counts.indices.reduce(0) { $0 + counts[$1][$1] }) / Double(total) }

  /// The recall of each class, TP / (TP + FN); NaN for a class without samples.
  public var recalls: [Double] { counts.indices.map { Double(counts[$0][$0]) / Double(actual[$0]) } }

  /// The precision of each class, TP / (TP + FP); NaN for a class that is never predicted.
  public var precisions: [Double] { counts.indices.map { Double(counts[$0][$0]) / Double(predicted[$0]) } }

  /// The mean recall of the classes that have samples.
  public var balancedAccuracy: Double {
    let finite = recalls.filter(\.isFinite)
    return finite.reduce(0, +) / Double(finite.count)
  }

  /// The mean of F₁ = 2 TP / (2 TP + FP + FN) over the classes that occur.
  public var macroF1: Double {
    let scores = counts.indices.compactMap { index in
      let sum = Double(actual[index]) + Double(predicted[index])
      return sum > 0 ? 2 * Double(counts[index][index]) / sum : nil
    }
    return scores.reduce(0, +) / Double(scores.count)
  }
}

import GliaCore

/// How many samples of each class are taken for each: a confusion matrix with recall, precision and accuracy.
///
/// ```swift
/// var figure = try ConfusionMatrixPlot(labels: labels, predictions: predictions, classes: ["cat", "dog", "owl"])
/// figure.title = "pets · 64–32–3 relu"
/// try figure.write(to: "confusion.png")
/// ```
///
/// A row is a true class. The strength of a cell's color is the square root of its part of the row, so that rare confusions
/// are seen; what is right and what is confused have different hues. Numbers are left out where cells are too small.
public struct ConfusionMatrixPlot: ClassifierFigure {
  /// Size, look and words; without a subtitle, the figure gives the accuracy.
  public var page = Page()
  /// The numbers of samples.
  public var confusion: Confusion
  /// The names of the classes, as many as the matrix has rows.
  public var classes: [String]
  private var skipped = 0

  /// The figure of a matrix, as a metric counts it.
  public init(_ confusion: Confusion, classes: [String]) {
    (self.confusion, self.classes) = (confusion, classes)
  }

  /// Counts samples by their true and predicted class, both from 0.
  ///
  /// Throws when these differ in number, are none, or a class has no name.
  public init(labels: [Int], predictions: [Int], classes: [String]) throws {
    self.init(try Confusion(labels: labels, predictions: predictions, classes: classes.count), classes: classes)
  }

  /// Counts the decisions of a classifier.
  public init(_ results: ClassScores) throws {
    try self.init(labels: results.labels, predictions: results.decisions, classes: results.classes)
    skipped = results.skipped
  }

  /// Draws the cells, the margins and the names. Throws when there are not as many names as classes.
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
    var words = ["accuracy \(NumberText.percent(confusion.accuracy))"]
    if classes.count > 1 {
      words.append("balanced \(NumberText.percent(confusion.balancedAccuracy))")
      words.append("macro F₁ \(NumberText.fixed(confusion.macroF1, decimals: 3))")
    }
    return (words + [NumberText.count(confusion.total, "sample")]).joined(separator: " · ")
  }
}

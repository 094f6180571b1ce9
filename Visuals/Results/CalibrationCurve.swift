import GliaCore

/// A reliability diagram: the observed fraction over the predicted probability, with a histogram of the predictions
/// below.
///
/// ```swift
/// var figure = try CalibrationCurve(scores: probabilities, labels: labels, classes: ["benign", "malignant"])
/// figure.title = "biopsies · 30–16–1 relu"
/// try figure.write(to: "calibration.png")
/// ```
///
/// For two classes, the prediction is the probability of the second one. For more classes, it is the confidence in the
/// predicted class, and the outcome is whether the prediction was correct. The bars at the points are 95 % confidence
/// intervals.
public struct CalibrationCurve: ClassifierFigure {
  /// A named curve, such as that of one of several models.
  public struct Curve: Hashable, Sendable {
    /// The name of the curve in the legend.
    public var name: String
    /// The curve.
    public var calibration: Calibration

    /// Creates a named curve.
    public init(_ name: String, _ calibration: Calibration) { (self.name, self.calibration) = (name, calibration) }
  }

  /// The size, theme, and text of the figure. If there is no subtitle, the figure describes its data there.
  public var page = Page()
  /// The curves, each in its own color.
  public var curves: [Curve]
  /// The names of the axes.
  public var axes = (x: "predicted probability", y: "observed fraction")
  private var summary = ""
  private var skipped = 0

  /// Creates a figure of several curves, such as those before and after recalibration.
  public init(_ curves: [Curve]) {
    self.curves = curves
    skipped = curves.map(\.calibration.skipped).reduce(0, +)
  }

  /// Creates the curve of a classifier with ten bins of equal width.
  ///
  /// Throws an error when the scores are decision values or when all samples belong to one class.
  public init(_ results: ClassScores) throws { try self.init(results, bins: .uniform(10)) }

  /// Creates the curve of a classifier with the given bins.
  ///
  /// Throws an error when the scores are decision values or when all samples belong to one class.
  public init(_ results: ClassScores, bins: Calibration.Binning) throws {
    if results.softLabels == nil { try results.requireTwoClasses() }
    let (values, labels) = try results.probabilities()
    let calibration = try Calibration(probabilities: values, labels: labels, bins: bins)
    let names = results.classes.namedAsClasses
    curves = [Curve(results.isBinary ? names[1] : "predicted class", calibration)]
    axes =
      results.isBinary
      ? ("predicted probability of \(names[1])", "observed fraction of \(names[1])")
      : ("confidence in the predicted class", "accuracy")
    skipped = results.skipped
    let kind = bins == .uniform(bins.count) ? "equal width" : "equally many samples"
    summary = "\(NumberText.count(calibration.count, "sample")) · \(NumberText.count(bins.count, "bin")) of \(kind)"
  }

  /// Draws the curves, the diagonal, and the histogram. Throws an error when there is no curve.
  public func draw(on canvas: inout Canvas) throws {
    guard !curves.isEmpty else {
      throw GliaError("there are no curves to draw", at: "curves", expected: "at least one")
    }
    let page = page(summarizing: summary)
    let legend = Legend(entries: entries, theme: page.theme)
    let largest = curves.flatMap(\.calibration.histogram).max() ?? 0
    let width = min(legend.width, CurvePlot.legendWidth)
    func layout(_ legendWidth: Double) -> CalibrationLayout {
      CalibrationLayout(page: page, bounds: canvas.bounds, axes: axes, largest: largest, legendWidth: legendWidth)
    }
    let (beside, alone) = (layout(width), layout(0))
    let obstacles = curves.flatMap { lines(of: $0.calibration, alone.plot) }
    let corner = LegendCorner(
      legend, width: width, beside: beside.plot.area, alone: alone.plot.area, lines: obstacles)
    let layout = corner == nil ? beside : alone
    layout.plot.drawGridLines(on: &canvas)
    canvas.stroke(.line(layout.plot.place(0, 0), layout.plot.place(1, 1)), Self.diagonal, page.theme.spine)
    for (index, curve) in curves.enumerated() { drawIntervals(curve.calibration, index, on: &canvas, layout.plot) }
    for (index, curve) in curves.enumerated() { draw(curve.calibration, index, on: &canvas, layout.plot) }
    layout.plot.drawAxes(on: &canvas)
    layout.histogram.drawGridLines(on: &canvas)
    for (index, curve) in curves.enumerated() {
      draw(curve.calibration.histogram, index, on: &canvas, layout.histogram)
    }
    layout.histogram.drawAxes(on: &canvas)
    corner?.drawPlate(on: &canvas, page.theme)
    legend.draw(on: &canvas, in: corner?.place ?? layout.legend)
    page.drawText(on: &canvas, left: layout.plot.area.x, note: ROCCurve.skippedNote(skipped))
  }

  private static let diagonal = Stroke(1.2, dashes: [5, 4])

  private var entries: [LegendEntry] {
    let theme = page.theme
    let lists: [[LegendEntry]] = curves.enumerated().map { index, curve in
      let name = Typeface.fitted(curve.name, to: CurvePlot.legendWidth - 34, size: theme.labelSize)
      return [
        (.curve(theme.hue(index), Stroke(2), CurveStyle.marker(index, theme)), name),
        (.detail, "ECE \(NumberText.fixed(curve.calibration.expectedError, decimals: 3))"),
        (.detail, "Brier \(NumberText.fixed(curve.calibration.brierScore, decimals: 3))"),
      ]
    }
    return lists.flatMap(\.self) + [
      (.line(theme.spine, Self.diagonal), "perfectly calibrated"), (.space, ""),
      (.heading, "bars: 95 % confidence"),
    ]
  }

  private func points(of calibration: Calibration, _ plot: Plot) -> [Point] {
    calibration.bins.map { plot.place($0.meanProbability, $0.fraction) }
  }

  private func intervals(of calibration: Calibration, _ plot: Plot) -> [(low: Point, high: Point)] {
    calibration.bins.map { bin in
      (
        plot.place(bin.meanProbability, bin.interval.lowerBound),
        plot.place(bin.meanProbability, bin.interval.upperBound)
      )
    }
  }

  /// Returns the lines that a legend must not cover.
  private func lines(of calibration: Calibration, _ plot: Plot) -> [[Point]] {
    [points(of: calibration, plot)] + intervals(of: calibration, plot).map { [$0.low, $0.high] }
  }

  private func drawIntervals(_ calibration: Calibration, _ index: Int, on canvas: inout Canvas, _ plot: Plot) {
    for (low, high) in intervals(of: calibration, plot) {
      var bar = Path.line(low, high)
      for end in [low, high] { bar.append(.line(end - Point(3.5, 0), end + Point(3.5, 0))) }
      canvas.stroke(bar, Stroke(1.2), page.theme.hue(index).opacity(0.6))
    }
  }

  private func draw(_ calibration: Calibration, _ index: Int, on canvas: inout Canvas, _ plot: Plot) {
    let theme = page.theme
    let points = points(of: calibration, plot)
    canvas.stroke(Path(points), Stroke(2), theme.hue(index))
    for point in points {
      CurvePlot.mark(CurveStyle.marker(index, theme), at: point, theme.hue(index), theme, on: &canvas)
    }
  }

  /// Draws the histogram of one curve: bars, or outlines if there are several curves.
  private func draw(_ counts: [Int], _ index: Int, on canvas: inout Canvas, _ plot: Plot) {
    let color = page.theme.hue(index)
    let width = 1 / Double(max(counts.count, 1))
    var outline = [plot.place(0, 0)]
    for (bin, count) in counts.enumerated() {
      let corners = [bin, bin + 1].map { plot.place(Double($0) * width, Double(count)) }
      outline += corners
      guard curves.count == 1, count > 0 else { continue }
      let gap = corners[1].x - corners[0].x > 6 ? 1.0 : 0
      let bar = Rect(
        x: corners[0].x + gap / 2, y: corners[0].y, width: corners[1].x - corners[0].x - gap,
        height: plot.area.maxY - corners[0].y)
      canvas.fill(.rectangle(bar), color.opacity(0.55))
    }
    if curves.count > 1 { canvas.stroke(Path(outline + [plot.place(1, 0)]), Stroke(1.6, join: .miter), color) }
  }
}

/// The layout of a calibration curve: a square plot, a histogram below that shares its horizontal axis, and the legend.
struct CalibrationLayout {
  let plot: Plot
  let histogram: Plot
  let legend: Rect

  private static let gap = (above: 16.0, beside: Page.sideGap)
  /// The height of the histogram as a fraction of the square's.
  private static let part = 0.22

  init(page: Page, bounds: Rect, axes: (x: String, y: String), largest: Int, legendWidth: Double) {
    let theme = page.theme
    let unit = Scale(from: -0.02, to: 1.02)
    let ticks = CurvePlot.ticks
    let (x, y) = (Axis(unit, name: axes.x, ticks: ticks), Axis(unit, name: axes.y, ticks: ticks))
    let counts = Scale(from: 0, to: Double(max(largest, 1)) * 1.04)
    let few = Axis(counts, name: "samples", ticks: Ticks(wholeNumbersOf: counts).few)
    let upper = Plot.margins(x: x, y: y, theme: theme, labelsX: false)
    let lower = Plot.margins(x: x, y: few, theme: theme)
    let margin = max(upper.left, lower.left)
    let head = page.top(above: upper, hasNote: false)
    let between = Self.gap.above + (few.ticks.note == nil ? 0 : lower.top)
    let height = bounds.height - head - between - lower.bottom - Page.margin - Page.noteHeight
    let width = bounds.width - 2 * Page.margin - margin - Self.gap.beside - legendWidth
    let side = max(min(width, height / (1 + Self.part)), 1)
    let top = head + page.drop(height - side * (1 + Self.part), on: bounds)
    let used = margin + side + Self.gap.beside + legendWidth
    let left = max((bounds.width - used) / 2, Page.margin) + margin
    var plot = Plot(area: Rect(x: left, y: top, width: side, height: side), x: x, y: y, theme: theme)
    plot.labelsX = false
    // The names of both vertical axes are aligned.
    plot.left = margin
    self.plot = plot
    let below = Rect(x: left, y: top + side + between, width: side, height: max(side * Self.part, 1))
    var histogram = Plot(area: below, x: x, y: few, theme: theme)
    histogram.left = margin
    self.histogram = histogram
    legend = Rect(
      x: left + side + Self.gap.beside, y: top, width: max(legendWidth, 1), height: side + between + below.height)
  }
}

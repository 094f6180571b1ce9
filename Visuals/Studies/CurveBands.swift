import GliaCore

/// Curves with bands over a common horizontal axis, each named at its right end.
///
/// ```swift
/// var figure = CurveBands([
///   .init("Adam", x: rates, median: [0.31, 0.12, 0.05, .nan], low: [0.3, 0.1, 0.04, .nan], high: [0.33, 0.2, 0.3, .nan]),
///   .init("SGD", x: rates, median: [0.6, 0.5, 0.2, 0.08]),
/// ])
/// (figure.xName, figure.yName) = ("learning rate", "test loss")
/// figure.note = "median of 5 seeds, band: quartiles"
/// try figure.write(to: "sensitivity.png")
/// ```
///
/// The figure serves for loss over epochs, the sensitivity to a setting, the best loss over the tuning budget
/// (``isStepped``), learning and validation curves, and performance profiles (E. Dolan and J. Moré, 2002). A curve breaks
/// where its median isn't finite, such as where runs diverged; ✕ at the upper edge marks the place.
public struct CurveBands: Figure {
  /// A curve with its band.
  public struct Series: Hashable, Sendable {
    /// The name, written at the end of the curve.
    public var name: String
    /// The positions of the points; they are drawn in ascending order.
    public var x: [Double]
    /// The value of the curve at each position.
    public var median: [Double]
    /// The lower edge of the band at each position; empty without a band.
    public var low: [Double]
    /// The upper edge of the band at each position; empty without a band.
    public var high: [Double]
    /// The index of the color, dashes, and marker, such as that of the optimizer in other figures; if `nil`, the index of the
    /// curve.
    public var style: Int?

    /// Creates a curve.
    public init(
      _ name: String, x: [Double], median: [Double], low: [Double] = [], high: [Double] = [], style: Int? = nil
    ) {
      (self.name, self.x, self.median, self.low, self.high) = (name, x, median, low, high)
      self.style = style
    }
  }

  /// The kind of the horizontal axis.
  public enum HorizontalScale: Hashable, Sendable {
    /// A linear axis.
    case linear
    /// A logarithmic axis.
    case logarithmic
    /// A linear axis with ticks at whole numbers, such as epochs.
    case wholeNumbers
  }

  /// The size, theme, and text of the figure.
  public var page = Page()
  /// The curves.
  public var series: [Series]
  /// The name of the horizontal axis.
  public var xName = "epoch"
  /// The name of the vertical axis.
  public var yName = "loss"
  /// The kind of the horizontal axis; if `nil`, it is logarithmic if the points are spread more evenly
  /// that way.
  public var horizontal: HorizontalScale?
  /// The kind of the vertical axis; if `nil`, it is logarithmic if all values are positive and span more than two powers of ten.
  public var vertical: Scale.Kind?
  /// The part of the vertical axis that is drawn, such as 0 to 1; if `nil`, it depends on the values.
  public var limits: ClosedRange<Double>?
  /// Whether a value holds until the next one, as for the best value so far.
  public var isStepped = false
  /// The opacity of the bands, from 0 to 1.
  public var bandOpacity = 0.15
  /// The lines at chosen values.
  public var references: [ReferenceLine] = []
  /// What curves and bands mean, at the lower right, such as `median of 5 seeds, band: quartiles`.
  public var note = ""

  /// Creates a figure of `series`.
  public init(_ series: [Series]) { self.series = series }

  /// The number of points up to which every point of a curve is marked.
  static let fewPoints = 12
  /// The distance of the names from the ends of the curves, which keeps them clear of the marks there.
  private static let nameGap = 18.0
  /// The share of the width that the names of the curves take at most.
  private static let nameShare = 0.3

  /// Draws the bands, curves, names, and reference lines.
  ///
  /// Throws an error when no point is finite, when the parts of a curve differ in number, or when the limits can't be drawn.
  public func draw(on canvas: inout Canvas) throws {
    try check()
    let plot = try plot(canvas.bounds)
    plot.drawGridLines(on: &canvas)
    let curves = series.indices.map { BandCurve(series[$0], style($0), plot, isStepped: isStepped) }
    var crosses = DivergenceMarks(plot: plot)
    let marks = curves.map { crosses.place(for: $0, all: hasFewPoints) }
    // A line at the upper edge is drawn at its full width.
    canvas.clip = Rect(x: plot.area.x, y: plot.area.y - 2, width: plot.area.width, height: plot.area.height + 4)
    for curve in curves { curve.drawBand(on: &canvas, opacity: bandOpacity) }
    canvas.clip = nil
    let lines = curves.flatMap(\.outlines) + marks.joined().compactMap(\.rise)
    plot.draw(references, avoiding: Obstacles(lines: lines), on: &canvas)
    for curve in curves.reversed() { curve.drawLine(on: &canvas) }
    plot.drawAxes(on: &canvas)
    var names = LineEndLabels(entries: [], theme: page.theme, gap: Self.nameGap)
    let room = canvas.bounds.width - Page.margin - plot.area.maxX - Self.nameGap
    names.entries = series.indices.map { index in
      let name = Typeface.fitted(series[index].name, to: room, size: page.theme.labelSize)
      let (curve, end) = (curves[index], curves[index].isCut ? marks[index].last?.place : nil)
      return LineEndLabels.Entry(name: name, end: end ?? curve.end, color: curve.style.color)
    }
    names.draw(on: &canvas, right: plot.area.maxX, in: plot.area)
    for (curve, marks) in zip(curves, marks).reversed() {
      curve.drawMarks(on: &canvas, all: hasFewPoints)
      for mark in marks { mark.draw(on: &canvas, curve.style.color, page.theme) }
    }
    page.drawText(on: &canvas, left: plot.area.x, note: fullNote)
  }

  /// Returns the plot on a page of the size `bounds`.
  func plot(_ bounds: Rect) throws -> Plot {
    let axes = try axes()
    let widest = series.map { page.theme.label().width(of: $0.name) }.max() ?? 0
    let beside = widest == 0 ? 0 : min(widest + Self.nameGap + 1, bounds.width * Self.nameShare)
    return Plot(
      filling: page, bounds, x: axes.x, y: axes.y, beside: beside,
      above: Plot.room(above: references, theme: page.theme))
  }

  var hasFewPoints: Bool { series.allSatisfy { $0.x.count <= Self.fewPoints } }

  private func style(_ index: Int) -> RunStyle { RunStyle(series[index].style ?? index, page.theme) }

  private func check() throws {
    for (index, series) in series.enumerated() {
      let counts = [series.median.count] + [series.low, series.high].filter { !$0.isEmpty }.map(\.count)
      guard counts.allSatisfy({ $0 == series.x.count }), series.low.isEmpty == series.high.isEmpty else {
        throw GliaError(
          "\(series.median.count) values with \(series.low.count) lower and \(series.high.count) upper bounds "
            + "at \(series.x.count) positions", at: "series.\(index)",
          expected: "a value at every position, and no bounds or both at every position")
      }
    }
  }

  private var fullNote: String {
    let broken = series.reduce(0) { $0 + $1.median.count { !$0.isFinite } }
    let mark = broken == 0 ? "" : "✕ not finite"
    return [note, mark].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}

import GliaCore

/// The limits of a plot.
struct PlotLimits: Hashable {
  var x: ClosedRange<Double>
  var y: ClosedRange<Double>

  init(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>) { (self.x, self.y) = (x, y) }

  /// Creates the union of the limits of all plots; `nil` if there are none.
  init?(around contents: [PlotContent]) {
    guard let x = Self.hull(contents.map(\.x.scale)), let y = Self.hull(contents.map(\.y.scale)) else { return nil }
    self.init(x, y)
  }

  private static func hull(_ scales: [Scale]) -> ClosedRange<Double>? {
    guard let low = scales.map(\.low).min(), let high = scales.map(\.high).max() else { return nil }
    return low...high
  }
}

/// The content of a figure with a single plot, independent of its layout.
struct PlotContent {
  var x: Axis
  var y: Axis
  /// Whether the plot is square.
  var isSquare = false
  /// Whether grid lines are drawn at the ticks of the vertical axis.
  var hasGridLines = false
  var bar: ColorBar?
  /// The legend, including details of this figure such as counts.
  var legend: Legend
  /// The width reserved for the legend at the side of the plot.
  var legendWidth: Double
  /// The legend without counts, for figures that share it.
  var sharedLegend: Legend
  /// A short result for a corner of the plot, such as `98.5 %`.
  var badge = ""
  /// Returns what labels in a plot should not hide.
  var obstacles: @Sendable (Plot) -> Obstacles
  /// Draws the data and returns a note on what could not be drawn.
  var draw: @Sendable (inout Canvas, Plot) throws -> String
}

/// A figure with a single plot, which can be aligned with others in a grid.
protocol PlotFigure: Figure {
  /// Returns the content within `limits`, or around all data if `nil`.
  func content(within limits: PlotLimits?) throws -> PlotContent
}

extension PlotFigure {
  /// Draws the plot with its title, color bar, and legend.
  func drawPage(on canvas: inout Canvas) throws {
    let content = try content(within: nil)
    let bar = page.legend == .hidden ? nil : content.bar
    let hasLegend = page.legend == .outside && !content.legend.entries.isEmpty
    let layout = PlaneLayout(
      page: page, bounds: canvas.bounds, x: content.x, y: content.y, barWidth: bar?.width ?? 0,
      legendWidth: hasLegend ? min(content.legendWidth, Self.legendWidth) : 0,
      wishedLegendWidth: hasLegend ? content.legendWidth : 0, isSquare: content.isSquare)
    let note = try content.drawPlot(layout.plot, on: &canvas)
    bar?.draw(on: &canvas, in: layout.bar)
    switch page.legend {
    case .outside: content.legend.draw(on: &canvas, in: layout.legend)
    case .inside:
      content.legend.draw(on: &canvas, inside: layout.plot.area, avoiding: content.obstacles(layout.plot))
    case .hidden: break
    }
    page.drawText(on: &canvas, left: layout.plot.area.x, note: note)
  }

  /// The maximum width that a legend takes from the plot; it can also use the space that a square plot leaves free.
  private static var legendWidth: Double { 190 }
}

extension PlotContent {
  /// Draws the data within the area of `plot`, then its axes, and returns the note.
  func drawPlot(_ plot: Plot, on canvas: inout Canvas) throws -> String {
    if hasGridLines { plot.drawGridLines(on: &canvas) }
    // A line at the upper edge is drawn at its full width.
    let above = hasGridLines ? 2.0 : 0
    canvas.clip = Rect(
      x: plot.area.x, y: plot.area.y - above, width: plot.area.width, height: plot.area.height + above)
    let note = try draw(&canvas, plot)
    canvas.clip = nil
    plot.drawAxes(on: &canvas)
    return note
  }
}

/// The layout of a single plot, such as a plane with equal scales, with its color bar and legend.
struct PlaneLayout {
  var plot: Plot
  var bar: Rect
  var legend: Rect

  private static let gap = Page.sideGap

  /// Creates the layout on a page of the size `bounds`.
  ///
  /// The legend is at least `legendWidth` wide, and up to `wishedLegendWidth` if a square plot leaves room.
  init(
    page: Page, bounds: Rect, x: Axis, y: Axis, barWidth: Double, legendWidth: Double, wishedLegendWidth: Double = 0,
    isSquare: Bool = true
  ) {
    func area(_ x: Axis, _ y: Axis) -> Rect {
      let margins = Plot.margins(x: x, y: y, theme: page.theme)
      var beside = [barWidth, legendWidth].filter { $0 > 0 }.reduce(0) { $0 + $1 + Self.gap }
      var top = page.top(above: margins, hasNote: y.ticks.note != nil)
      let width = max(bounds.width - 2 * Page.margin - margins.left - max(beside, margins.right), 1)
      let height = max(bounds.height - top - margins.bottom - Page.margin - Page.noteHeight, 1)
      let used = isSquare ? min(width, height) : width
      beside += min(max(wishedLegendWidth - legendWidth, 0), width - used)
      if isSquare { top += page.drop(height - used, on: bounds) }
      let left = max((bounds.width - margins.left - used - max(beside, margins.right)) / 2, Page.margin) + margins.left
      return Rect(x: left, y: top, width: used, height: isSquare ? used : height)
    }
    let first = area(x, y)
    let (x, y) = Axis.fitted(x, y, to: first, theme: page.theme)
    plot = Plot(area: area(x, y), x: x, y: y, theme: page.theme)
    let barLeft = plot.area.maxX + Self.gap
    bar = Rect(x: barLeft, y: plot.area.y, width: barWidth, height: plot.area.height)
    let legendLeft = barWidth > 0 ? barLeft + barWidth + Self.gap : barLeft
    legend = Rect(
      x: legendLeft, y: plot.area.y, width: max(bounds.width - Page.margin - legendLeft, 1), height: plot.area.height)
  }

  /// The maximum ratio of spans of the same unit that share one scale; beyond it, the shorter one would be almost a line.
  static let sameUnitRatio = 4.0
  /// The maximum ratio of spans of two features that share one scale. Their units may differ, and beyond it most of a square
  /// is empty; the two moons, whose shape needs equal scales, are just twice as wide as high.
  static let featureRatio = 2.05

  /// Returns scales centered on both ranges, with equal spans unless the ranges differ by more than the factor `ratio`.
  static func scales(
    holding x: ClosedRange<Double>, _ y: ClosedRange<Double>, ratio limit: Double = sameUnitRatio
  ) -> (x: Scale, y: Scale) {
    let reach = (x: x.upperBound / 2 - x.lowerBound / 2, y: y.upperBound / 2 - y.lowerBound / 2)
    let shared = max(reach.x, reach.y)
    let isComparable = min(reach.x, reach.y) * limit >= shared || min(reach.x, reach.y) <= 0
    func scale(_ range: ClosedRange<Double>, _ own: Double) -> Scale {
      let middle = range.lowerBound / 2 + range.upperBound / 2
      let half = isComparable ? shared : own
      return Scale(from: middle - half, to: middle + half)
    }
    return (scale(x, reach.x), scale(y, reach.y))
  }

  /// Returns such scales around all `points` with a padding of 8 % of the span.
  static func scales(
    around points: some Collection<Point>, ratio: Double = sameUnitRatio
  ) -> (x: Scale, y: Scale)? {
    let finite = points.filter(\.isFinite)
    guard let first = finite.first else { return nil }
    let (low, high) = finite.reduce((first, first)) { box, p in
      (Point(min(box.0.x, p.x), min(box.0.y, p.y)), Point(max(box.1.x, p.x), max(box.1.y, p.y)))
    }
    let (x, y) = (Range(low.x, high.x), Range(low.y, high.y))
    // A constant coordinate takes the span of the other; if both are constant, there is a single point.
    let fallback = max(x.reach ?? 0, y.reach ?? 0)
    let single = max(0.5, max(abs(x.center), abs(y.center)) * 1e-3)
    func around(_ range: Range) -> ClosedRange<Double> {
      let reach = range.reach ?? (fallback > 0 ? fallback : single)
      return range.center - reach...range.center + reach
    }
    return scales(holding: around(x), around(y), ratio: ratio)
  }

  /// Returns the scales for `limits`, or around the points if `nil`, except for outliers if `omitsOutliers`. Throws an error if
  /// there are neither.
  static func scales(
    limits: PlotLimits?, _ sets: [PointSet], ratio: Double = sameUnitRatio, omitsOutliers: Bool = false
  ) throws -> (x: Scale, y: Scale) {
    if let limits { return scales(holding: limits.x, limits.y, ratio: ratio) }
    let all = sets.flatMap { set in set.labels.indices.map(set.point) }
    guard let scales = scales(around: omitsOutliers ? all.withoutOutliers : all, ratio: ratio) else {
      throw GliaError(
        all.isEmpty ? "there are no points to draw" : "none of the \(all.count) points is finite", at: "points",
        expected: "at least one finite point, or limits", remedy: "set limits to draw the regions alone")
    }
    return scales
  }

  /// The center of a coordinate and its half span; `nil` if the coordinate is constant.
  private struct Range {
    let center: Double
    let reach: Double?

    init(_ low: Double, _ high: Double) {
      center = low / 2 + high / 2
      // Single-precision coordinates this close count as equal.
      reach = high - low > abs(center) * 1e-6 ? (high - low) * 0.58 : nil
    }
  }
}

import GliaCore

/// The places of a plot, as of the plane with equal scales on both axes, and of what stands beside it.
struct PlaneLayout {
  var plot: Plot
  var bar: Rect
  var legend: Rect

  private static let gap = 22.0

  /// Places on a page of the size `bounds`.
  ///
  /// The legend is as wide as `wishedLegendWidth` where a square leaves so much room, at least as wide as `legendWidth`.
  init(
    page: Page, bounds: Rect, x: Axis, y: Axis, barWidth: Double, legendWidth: Double, wishedLegendWidth: Double = 0,
    isSquare: Bool = true
  ) {
    func area(_ x: Axis, _ y: Axis) -> Rect {
      let margins = Plot.margins(x: x, y: y, theme: page.theme)
      var beside = [barWidth, legendWidth].filter { $0 > 0 }.reduce(0) { $0 + $1 + Self.gap }
      var top = page.top(above: margins, hasNote: y.ticks.note != nil)
      let width = max(bounds.width - 2 * Page.margin - margins.left - max(beside, margins.right), 1)
      let height = max(bounds.height - top - margins.bottom - Page.margin - 8, 1)
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

  /// Spans that differ more than this are not drawn to one scale, in which the shorter one would be a line.
  private static let limit = 4.0

  /// Scales around the middle of both ranges, of equal span unless the ranges are of different orders.
  static func scales(holding x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> (x: Scale, y: Scale) {
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

  /// Such scales that hold all `points` with 8 % of the span around them.
  static func scales(around points: some Collection<Point>) -> (x: Scale, y: Scale)? {
    let finite = points.filter(\.isFinite)
    guard let first = finite.first else { return nil }
    let (low, high) = finite.reduce((first, first)) { box, p in
      (Point(min(box.0.x, p.x), min(box.0.y, p.y)), Point(max(box.1.x, p.x), max(box.1.y, p.y)))
    }
    let (x, y) = (Range(low.x, high.x), Range(low.y, high.y))
    // A coordinate that does not vary takes the other's span; where neither does, there is one point.
    let fallback = max(x.reach ?? 0, y.reach ?? 0)
    let single = max(0.5, max(abs(x.center), abs(y.center)) * 1e-3)
    func around(_ range: Range) -> ClosedRange<Double> {
      let reach = range.reach ?? (fallback > 0 ? fallback : single)
      return range.center - reach...range.center + reach
    }
    return scales(holding: around(x), around(y))
  }

  /// The scales for `limits`, or around the points where there are none; throws where neither says what to draw.
  static func scales(limits: PlotLimits?, _ sets: [PointSet]) throws -> (x: Scale, y: Scale) {
    if let limits { return scales(holding: limits.x, limits.y) }
    let all = sets.flatMap { set in set.labels.indices.map(set.point) }
    guard let scales = scales(around: all) else {
      throw GliaError(
        all.isEmpty ? "there are no points to draw" : "none of the \(all.count) points is finite", at: "points",
        expected: "at least one finite point, or limits", remedy: "set limits to draw the regions alone")
    }
    return scales
  }

  /// The middle of a coordinate, and how far the drawing reaches from there; no reach if the coordinate does not vary.
  private struct Range {
    let center: Double
    let reach: Double?

    init(_ low: Double, _ high: Double) {
      center = low / 2 + high / 2
      // Float coordinates this close are one.
      reach = high - low > abs(center) * 1e-6 ? (high - low) * 0.58 : nil
    }
  }
}

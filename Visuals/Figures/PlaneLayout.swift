/// The places of a plot of the plane with equal scales on both axes, and of what stands beside it.
struct PlaneLayout {
  var plot: Plot
  var bar: Rect
  var legend: Rect

  private static let gap = 22.0

  init(page: Page, bounds: Rect, x: Axis, y: Axis, barWidth: Double, legendWidth: Double) {
    let margins = Plot.margins(x: x, y: y, theme: page.theme)
    let top = page.top(above: margins, hasNote: y.ticks.note != nil)
    let beside = [barWidth, legendWidth].filter { $0 > 0 }.reduce(0) { $0 + $1 + Self.gap }
    let room = bounds.width - 2 * Page.margin - margins.left - max(beside, margins.right)
    let side = max(min(room, bounds.height - top - margins.bottom - Page.margin - 8), 1)
    let used = margins.left + side + max(beside, margins.right)
    let left = max((bounds.width - used) / 2, Page.margin) + margins.left
    let area = Rect(x: left, y: top, width: side, height: side)
    plot = Plot(area: area, x: x, y: y, theme: page.theme)
    let barLeft = area.maxX + Self.gap
    bar = Rect(x: barLeft, y: top, width: barWidth, height: side)
    let legendLeft = barWidth > 0 ? barLeft + barWidth + Self.gap : barLeft
    legend = Rect(
      x: legendLeft, y: top, width: max(bounds.width - Page.margin - legendLeft, 1), height: side)
  }

  /// Scales of equal span around the middle of both ranges.
  static func scales(holding x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> (x: Scale, y: Scale) {
    let reach = max(x.upperBound / 2 - x.lowerBound / 2, y.upperBound / 2 - y.lowerBound / 2)
    func scale(_ range: ClosedRange<Double>) -> Scale {
      let middle = range.lowerBound / 2 + range.upperBound / 2
      return Scale(from: middle - reach, to: middle + reach)
    }
    return (scale(x), scale(y))
  }

  /// Scales of equal span that hold all `points` with 8 % of the span around them.
  static func scales(around points: some Collection<Point>) -> (x: Scale, y: Scale)? {
    let finite = points.filter(\.isFinite)
    guard let first = finite.first else { return nil }
    let (low, high) = finite.reduce((first, first)) { box, p in
      (Point(min(box.0.x, p.x), min(box.0.y, p.y)), Point(max(box.1.x, p.x), max(box.1.y, p.y)))
    }
    let center = Point(low.x / 2 + high.x / 2, low.y / 2 + high.y / 2)
    let span = max(high.x - low.x, high.y - low.y)
    // Float coordinates this close are one point: half a unit around it, or more where units cannot be told apart.
    let size = max(abs(center.x), abs(center.y))
    let reach = span > size * 1e-6 ? span * 0.58 : max(0.5, size * 1e-3)
    return (
      Scale(from: center.x - reach, to: center.x + reach), Scale(from: center.y - reach, to: center.y + reach)
    )
  }
}

/// The places of a residual plot: predictions against targets, residuals against predictions, their histogram.
struct ResidualLayout {
  let fit: Plot
  let residuals: Plot
  let histogram: Plot

  private static let gap = (panels: 26.0, histogram: 20.0)
  private static let histogramWidth = 96.0
  private static let labelWidth = 30.0

  init(page: Page, bounds: Rect, fit: (x: Axis, y: Axis), residuals: (x: Axis, y: Axis), samples: Axis) {
    let theme = page.theme
    let (left, right) = (
      Plot.margins(x: fit.x, y: fit.y, theme: theme), Plot.margins(x: residuals.x, y: residuals.y, theme: theme)
    )
    let hasNote = fit.y.ticks.note != nil || residuals.y.ticks.note != nil
    let above = left.top > right.top ? left : right
    let head = page.top(above: above, hasNote: hasNote) + theme.tickSize * 1.6
    let height = bounds.height - head - max(left.bottom, right.bottom) - Page.margin - 8
    let besides = Self.gap.panels + Self.gap.histogram + Self.histogramWidth + Self.labelWidth
    let width = bounds.width - 2 * Page.margin - left.left - right.left - besides
    let side = max(min(height, width / 2), 1)
    let top = head + page.drop(height - side, on: bounds)
    let wide = max(min(width - side, side * 1.3), 1)
    let used = left.left + side + right.left + wide + besides
    let x = max((bounds.width - used) / 2, Page.margin) + left.left
    let second = x + side + Self.gap.panels + right.left
    func plot(_ x: Double, _ width: Double, _ axes: (x: Axis, y: Axis)) -> Plot {
      Plot(area: Rect(x: x, y: top, width: width, height: side), x: axes.x, y: axes.y, theme: theme)
    }
    self.fit = plot(x, side, fit)
    self.residuals = plot(second, wide, residuals)
    let bare = Axis(residuals.y.scale, ticks: Ticks(values: [], labels: []))
    histogram = plot(second + wide + Self.gap.histogram, Self.histogramWidth, (samples, bare))
  }
}

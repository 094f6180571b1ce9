/// The curves and bands of optimizers.
extension Canvas {
  /// Fills the band between two lines.
  mutating func fillBand(_ lows: [Point], _ highs: [Point], _ color: Color, opacity: Double = 0.15) {
    fill(Path(highs + lows.reversed(), closed: true), color.opacity(opacity))
  }

  /// Draws a line in the style of an optimizer, with a light edge unless it has too many points for that.
  mutating func strokeCurve(_ points: [Point], _ style: RunStyle, _ theme: Theme) {
    if points.count < 2 * Int(bounds.width) { stroke(Path(points), Stroke(4), theme.page.opacity(0.6)) }
    stroke(Path(LossSeries.thinned(points, to: 2 * pixelWidth)), style.stroke, style.color)
  }

  /// Draws an arrow over a marker at the upper edge of a plot, which means that the value is above.
  mutating func markBeyond(_ place: Point, _ color: Color) {
    let tip = place - Point(0, 16)
    fill(Path([tip, tip + Point(4.5, 7), tip + Point(-4.5, 7)], closed: true), color)
  }
}

extension Plot {
  private static let footer = 10.0

  /// Creates a plot that fills the page below the header, with at least `beside` free to the right of its area and `above`
  /// over it.
  init(filling page: Page, _ bounds: Rect, x: Axis, y: Axis, beside: Double = 0, above: Double = 0) {
    let theme = page.theme
    let margins = Plot.margins(x: x, y: y, theme: theme)
    let top = page.top(above: margins, hasNote: y.ticks.note != nil) + above
    let left = Page.margin + margins.left
    let area = Rect(
      x: left, y: top, width: max(bounds.width - left - Page.margin - max(beside, margins.right), 1),
      height: max(bounds.height - top - margins.bottom - Page.margin - Self.footer, 1))
    self.init(
      area: area, x: x.fitted(to: area.width, vertical: false, theme: theme),
      y: y.fitted(to: area.height, vertical: true, theme: theme), theme: theme)
  }
}

/// An upright strip that tells which colour stands for which number.
struct ColorBar: Sendable {
  /// From 0 at the bottom to 1 at the top.
  var color: @Sendable (Double) -> Color
  var ticks: [(place: Double, label: String)]
  var name: String
  var theme: Theme

  static let thickness = 14.0

  /// The room it takes with its labels and its name.
  var width: Double {
    let labels = ticks.map { theme.tick().width(of: $0.label) }.max() ?? 0
    return Self.thickness + Plot.tickLength + 4 + labels + (name.isEmpty ? 0 : 8 + theme.labelSize)
  }

  /// Draws the strip at the left of `area`, its labels and name to the right.
  func draw(on canvas: inout Canvas, in area: Rect) {
    let strip = Rect(x: area.x, y: area.y, width: Self.thickness, height: area.height)
    canvas.paint(strip) { _, v in color(1 - v) }
    canvas.stroke(.rectangle(strip), Stroke(1 / canvas.scale, join: .miter), theme.spine)
    for tick in ticks {
      let y = canvas.crisp(area.maxY - tick.place * area.height, width: 1)
      canvas.stroke(
        .line(Point(strip.maxX, y), Point(strip.maxX + Plot.tickLength, y)), Stroke(1), theme.spine)
      canvas.write(tick.label, at: Point(strip.maxX + Plot.tickLength + 4, y), theme.tick(), centered: true)
    }
    let shown = Typeface.fitted(name, to: area.height, size: theme.labelSize)
    let baseline = Point(area.x + width, area.center.y)
    canvas.write(shown, at: baseline, theme.label(), align: .middle, direction: .up)
  }
}

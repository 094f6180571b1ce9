/// A strip that shows which color represents which value.
struct ColorBar: Sendable {
  /// The color at each position, from 0 at the bottom or left to 1 at the top or right.
  var color: @Sendable (Double) -> Color
  var ticks: [(place: Double, label: String)]
  var name: String
  var theme: Theme
  /// Whether the strip is horizontal, with its labels below.
  var isHorizontal = false

  static let thickness = 14.0
  private static let gap = 4.0

  /// The width including labels and name; if horizontal, the width that the outer labels need beyond the strip.
  var width: Double {
    let labels = ticks.map { theme.tick().width(of: $0.label) }
    if isHorizontal { return ((labels.first ?? 0) + (labels.last ?? 0)) / 2 }
    return Self.thickness + Plot.tickLength + Self.gap + (labels.max() ?? 0) + (name.isEmpty ? 0 : 8 + theme.labelSize)
  }

  /// The height of a horizontal strip including labels and name.
  var height: Double {
    let labels = Plot.tickLength + Self.gap + theme.tickSize * Typeface.capHeight
    return Self.thickness + labels + (name.isEmpty ? 0 : 6 + theme.labelSize)
  }

  /// Returns whether the bar is the same as `other`.
  func says(_ other: ColorBar) -> Bool {
    name == other.name && ticks.map(\.label) == other.ticks.map(\.label)
      && stride(from: 0, through: 1, by: 0.125).allSatisfy { color($0) == other.color($0) }
  }

  /// Draws the strip at the left or top of `area` with its labels and name.
  func draw(on canvas: inout Canvas, in area: Rect) {
    var strip = area
    if isHorizontal { strip.height = Self.thickness } else { strip.width = Self.thickness }
    canvas.paint(strip) { u, v in color(isHorizontal ? u : 1 - v) }
    canvas.stroke(.rectangle(strip), Stroke(1 / canvas.scale, join: .miter), theme.spine)
    if isHorizontal { drawBelow(strip, on: &canvas) } else { drawBeside(strip, on: &canvas) }
  }

  private func drawBeside(_ strip: Rect, on canvas: inout Canvas) {
    for tick in ticks {
      let y = canvas.crisp(strip.maxY - tick.place * strip.height, width: 1)
      canvas.stroke(.line(Point(strip.maxX, y), Point(strip.maxX + Plot.tickLength, y)), Stroke(1), theme.spine)
      let at = Point(strip.maxX + Plot.tickLength + Self.gap, y)
      canvas.write(tick.label, at: at, theme.tick(), centered: true)
    }
    let shown = Typeface.fitted(name, to: strip.height, size: theme.labelSize)
    let baseline = Point(strip.x + width, strip.center.y)
    canvas.write(shown, at: baseline, theme.label(), align: .middle, direction: .up)
  }

  private func drawBelow(_ strip: Rect, on canvas: inout Canvas) {
    let baseline = strip.maxY + Plot.tickLength + Self.gap + theme.tickSize * Typeface.capHeight
    for tick in ticks {
      let x = canvas.crisp(strip.x + tick.place * strip.width, width: 1)
      canvas.stroke(.line(Point(x, strip.maxY), Point(x, strip.maxY + Plot.tickLength)), Stroke(1), theme.spine)
      canvas.write(tick.label, at: Point(x, baseline), theme.tick(), align: .middle)
    }
    let shown = Typeface.fitted(name, to: strip.width, size: theme.labelSize)
    let at = Point(strip.center.x, baseline + 6 + theme.labelSize * Typeface.capHeight)
    canvas.write(shown, at: at, theme.label(), align: .middle)
  }
}

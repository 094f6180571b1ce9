/// What the colors and widths of a ``NetworkDiagram`` mean, in one line.
struct DiagramKey {
  let links: DiagramLinks
  let theme: Theme
  let hasMaps: Bool
  /// The classes of the points in the maps.
  let classes: [LegendEntry]

  private static let gap = 24.0
  private static let bar = 76.0

  static func height(_ theme: Theme) -> Double { theme.labelSize * 1.2 + theme.tickSize * 1.4 }

  /// Draws as many of the explanations as have room.
  func draw(on canvas: inout Canvas, in area: Rect) {
    var x = area.x
    let line = area.y + theme.labelSize * 0.6
    func begin(_ name: String, width: Double) -> Bool {
      let words = theme.label().width(of: name) + 10
      guard x + words + width <= area.maxX else { return false }
      canvas.write(name, at: Point(x, line), theme.label(), centered: true)
      x += words
      return true
    }
    func number(_ text: String, _ center: Double) {
      canvas.write(text, at: Point(center, area.maxY), theme.note(), align: .middle)
    }
    let weight = links.largestWeight
    if weight > 0, begin("weight", width: 4 * 38) {
      for value in [-weight, -weight / 2, weight / 2, weight] {
        let path = Path.line(Point(x, line), Point(x + 30, line))
        canvas.stroke(path, links.stroke(value), links.color(value).opacity(links.opacity(value)))
        number(NumberText.plain(value, digits: 2), x + 15)
        x += 40
      }
      x += Self.gap - 10
    }
    if links.hasOthers, begin("other links", width: 30) {
      canvas.stroke(.line(Point(x, line), Point(x + 30, line)), links.other, theme.spine.opacity(0.5))
      x += 30 + Self.gap
    }
    let bias = links.largestBias
    if bias > 0, begin("bias", width: 2 * 36) {
      for value in [-bias, bias] {
        canvas.fill(.circle(Point(x + 14, line), radius: DiagramLinks.keyDot), links.color(value))
        number(NumberText.plain(value, digits: 2), x + 14)
        x += 38
      }
      x += Self.gap - 10
    }
    if hasMaps, begin("activation", width: Self.bar) {
      let bar = Rect(x: x, y: line - 5, width: Self.bar, height: 10)
      let tint = UnitField.tint(theme)
      canvas.paint(bar) { u, _ in tint(u) }
      canvas.stroke(.rectangle(bar), Stroke(1 / canvas.scale, join: .miter), theme.spine)
      number("low", x + 10)
      number("high", x + Self.bar - 10)
      x += Self.bar + Self.gap
      if begin("threshold", width: 30) {
        canvas.stroke(.line(Point(x, line), Point(x + 28, line)), Stroke(1.2), theme.text)
        x += 28 + Self.gap
      }
    }
    let legends = classes.map { Legend(entries: [$0], theme: theme) }
    guard x + legends.reduce(0, { $0 + $1.width + 14 }) <= area.maxX + 14 else { return }
    for legend in legends {
      let height = theme.labelSize * 1.6
      legend.draw(on: &canvas, in: Rect(x: x, y: line - height / 2, width: legend.width + 1, height: height))
      x += legend.width + 14
    }
  }
}

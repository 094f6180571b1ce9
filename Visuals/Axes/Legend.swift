/// What the signs of a figure mean.
struct Legend: Sendable {
  /// The sign before a name.
  enum Key: Sendable {
    case marker(Marker, Color, isHollow: Bool)
    case line(Color, Stroke)
    case curve(Color, Stroke, Marker)
    case mistake
    case heading
    case space
  }

  var entries: [(key: Key, name: String)]
  var theme: Theme

  private var keyWidth: Double { hasLine ? 34 : 20 }
  private var hasLine: Bool {
    entries.contains {
      switch $0.key {
      case .line, .curve: true
      default: false
      }
    }
  }
  private var lineHeight: Double { theme.labelSize * 1.6 }

  /// The width of the widest entry.
  var width: Double { keyWidth + (entries.map { theme.label().width(of: $0.name) }.max() ?? 0) }
  /// The height of all entries.
  var height: Double { lineHeight * Double(entries.count) }

  /// Draws the entries below each other within `area`; what finds no room is counted in the last line.
  func draw(on canvas: inout Canvas, in area: Rect) {
    let room = lineHeight > 0 ? max(Int(min(area.height / lineHeight, 1e6)), 1) : entries.count
    var shown = entries[...]
    if entries.count > room {
      shown = entries.prefix(room - 1)
      shown.append((.space, "… and \(entries.count - room + 1) more"))
    }
    var y = area.y + lineHeight / 2
    for entry in shown {
      draw(entry.key, at: Point(area.x, y), on: &canvas)
      let isHeading = if case .heading = entry.key { true } else { false }
      let indent = isHeading ? 0 : keyWidth
      let name = Typeface.fitted(entry.name, to: area.width - indent, size: theme.labelSize)
      let style = isHeading ? theme.minor() : theme.label()
      canvas.write(name, at: Point(area.x + indent, y), style, centered: true)
      y += lineHeight
    }
  }

  private func draw(_ key: Key, at point: Point, on canvas: inout Canvas) {
    let center = Point(point.x + (hasLine ? 13 : 8), point.y)
    switch key {
    case .marker(let marker, let color, let isHollow):
      canvas.mark(marker, at: center, radius: 4.5, color: color, isHollow: isHollow, theme: theme)
    case .line(let color, let stroke):
      canvas.stroke(.line(point, Point(point.x + keyWidth - 8, point.y)), stroke, color)
    case .curve(let color, let stroke, let marker):
      draw(.line(color, stroke), at: point, on: &canvas)
      canvas.mark(marker, at: center, radius: 4.5, color: color, theme: theme)
    case .mistake:
      canvas.markMistake(at: center, radius: 3.6, theme: theme)
    case .heading, .space:
      break
    }
  }
}

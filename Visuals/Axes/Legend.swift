/// What the signs of a figure mean.
struct Legend: Sendable {
  /// The sign before a name.
  enum Key: Sendable {
    case marker(Marker, Color, isHollow: Bool)
    case line(Color, Stroke)
    case mistake
    case space
  }

  var entries: [(key: Key, name: String)]
  var theme: Theme

  private var keyWidth: Double {
    let hasLine = entries.contains { if case .line = $0.key { true } else { false } }
    return hasLine ? 34 : 20
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
      let name = Typeface.fitted(entry.name, to: area.width - keyWidth, size: theme.labelSize)
      canvas.write(name, at: Point(area.x + keyWidth, y), theme.label(), centered: true)
      y += lineHeight
    }
  }

  private func draw(_ key: Key, at point: Point, on canvas: inout Canvas) {
    let center = Point(point.x + 8, point.y)
    switch key {
    case .marker(let marker, let color, let isHollow):
      canvas.mark(marker, at: center, radius: 4.5, color: color, isHollow: isHollow, theme: theme)
    case .line(let color, let stroke):
      canvas.stroke(.line(point, Point(point.x + keyWidth - 8, point.y)), stroke, color)
    case .mistake:
      canvas.markMistake(at: center, radius: 3.6, theme: theme)
    case .space:
      break
    }
  }
}

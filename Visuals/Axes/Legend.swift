/// An entry of a legend.
typealias LegendEntry = (key: Legend.Key, name: String)

/// The legend of a figure.
struct Legend: Sendable {
  /// The symbol before a name.
  enum Key: Sendable, Hashable {
    case marker(Marker, Color, isHollow: Bool)
    case line(Color, Stroke)
    case curve(Color, Stroke, Marker)
    case swatch(Color)
    case mistake(MarkStamp.Mistake)
    case cross(Color)
    case heading
    /// Details below a name, smaller and paler.
    case detail
    case space

    fileprivate var isLine: Bool {
      switch self {
      case .line, .curve: true
      default: false
      }
    }
  }

  /// An entry that can be compared.
  struct Entry: Hashable {
    var key: Key
    var name: String
  }

  var entries: [LegendEntry]
  var theme: Theme

  private var keyWidth: Double { hasLine ? 34 : 20 }
  private var hasLine: Bool { entries.contains { $0.key.isLine } }
  private var lineHeight: Double { theme.labelSize * 1.6 }
  private func height(of key: Key) -> Double { key == .space ? lineHeight / 2 : lineHeight }

  private func style(of key: Key) -> Canvas.TextStyle {
    switch key {
    case .heading: theme.minor()
    case .detail: theme.note()
    default: theme.label()
    }
  }

  /// The width of the widest entry.
  var width: Double { keyWidth + (entries.map { style(of: $0.key).width(of: $0.name) }.max() ?? 0) }
  /// The height of all entries.
  var height: Double { entries.reduce(0) { $0 + height(of: $1.key) } }

  /// Draws the entries as a column within `area`; if they don't all fit, the last line counts the omitted ones.
  func draw(on canvas: inout Canvas, in area: Rect) {
    var shown = entries[...]
    if height > area.height + 1e-6 {
      var room = area.height - lineHeight
      shown = entries.prefix { entry in
        room -= height(of: entry.key)
        return room >= 0
      }
      let hidden = entries.dropFirst(shown.count).count { $0.key != .space }
      shown.append((.detail, shown.isEmpty ? "\(hidden) signs" : "… and \(hidden) more"))
    }
    var y = area.y
    for entry in shown {
      let height = height(of: entry.key)
      draw(entry, at: Point(area.x, y + height / 2), width: area.width, on: &canvas)
      y += height
    }
  }

  /// Draws the entries on a plate within the plot area `area`, where they hide as little content as possible.
  func draw(on canvas: inout Canvas, inside area: Rect, avoiding obstacles: Obstacles) {
    guard !entries.isEmpty else { return }
    let width = min(self.width + 16, max(area.width - 16, 1))
    let height = min(self.height + 8, max(area.height - 16, 1))
    let plate = obstacles.freest(width, height, in: area)
    canvas.drawPlate(plate, theme)
    let inner = Rect(x: plate.x + 8, y: plate.y + 4, width: plate.width - 16, height: plate.height - 8)
    draw(on: &canvas, in: inner)
  }

  private func draw(_ entry: LegendEntry, at point: Point, width: Double, on canvas: inout Canvas) {
    draw(entry.key, at: point, on: &canvas)
    let indent = entry.key == .heading ? 0 : keyWidth
    let style = style(of: entry.key)
    let name = fitted(entry.name, to: width - indent, style)
    canvas.write(name, at: Point(point.x + indent, point.y), style, centered: true)
  }

  /// Returns the name truncated to `width`; a count in parentheses at its end is kept.
  func fitted(_ name: String, to width: Double, _ style: Canvas.TextStyle) -> String {
    let count = name.hasSuffix(")") ? name.lastIndex(of: "(").map { " " + name[$0...] } ?? "" : ""
    let cut = Typeface.fitted(name, to: width, size: style.size)
    guard cut != name, !count.isEmpty, count.count < 14 else { return cut }
    let room = width - style.width(of: count)
    let text = Typeface.fitted(String(name.dropLast(count.count)), to: room, size: style.size)
    return text.isEmpty ? cut : text + count
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
    case .swatch(let color):
      let box = Rect(x: center.x - 6, y: center.y - 6, width: 12, height: 12)
      canvas.fill(.rectangle(box, rounded: 2), color)
    case .cross(let color):
      canvas.markCut(at: center, theme, color: color, reach: 4)
    case .mistake(let mistake):
      let gray = theme.spine.mixed(with: theme.page, 0.4)
      canvas.mark(.circle, at: center, radius: 3.8, color: gray, mistake: mistake, theme: theme)
    case .heading, .detail, .space:
      break
    }
  }
}

extension Legend {
  /// A single entry with its position on a line.
  private typealias Piece = (legend: Legend, x: Double)

  /// Returns the entries in rows that are no wider than `width`.
  private func lines(within width: Double) -> [[Piece]] {
    var lines: [[Piece]] = []
    var x = 0.0
    for entry in entries where !entry.name.isEmpty {
      let own = Legend(entries: [entry], theme: theme)
      if lines.isEmpty || x + own.width > width {
        lines.append([])
        x = 0
      }
      lines[lines.count - 1].append((own, x))
      x += own.width + 18
    }
    return lines
  }

  /// Returns the height of the entries in rows of `width`.
  func rowHeight(within width: Double) -> Double { Double(lines(within: width).count) * lineHeight }

  /// Draws the entries in rows.
  func drawRow(on canvas: inout Canvas, in area: Rect) {
    for (index, line) in lines(within: area.width).enumerated() {
      for piece in line {
        let width = min(piece.legend.width + 0.5, area.width)
        let y = area.y + Double(index) * lineHeight
        piece.legend.draw(on: &canvas, in: Rect(x: area.x + piece.x, y: y, width: width, height: lineHeight))
      }
    }
  }
}

extension Canvas {
  /// Draws a plate as the background of labels over data.
  mutating func drawPlate(_ rect: Rect, _ theme: Theme) {
    fill(.rectangle(rect, rounded: 4), theme.page.opacity(0.88))
    stroke(.rectangle(rect, rounded: 4), Stroke(0.8), theme.gridLine)
  }
}

/// A place for a legend within a plot, for pages too narrow for a legend at the side.
struct LegendCorner {
  let place: Rect

  /// Finds a corner that no line touches, with a preference for the lower ones; `nil` if there is none or if the legend
  /// fits at the side.
  init?(_ legend: Legend, width: Double, beside: Rect, alone: Rect, lines: [[Point]]) {
    let area = alone.inset(by: 14)
    let height = legend.height + 1
    guard beside.width < 0.8 * alone.width, width < area.width, height < area.height else { return nil }
    let corners = [
      (area.maxX - width, area.maxY - height), (area.x, area.maxY - height), (area.maxX - width, area.y),
      (area.x, area.y),
    ]
    let obstacles = Obstacles(lines: lines)
    let free = corners.map { Rect(x: $0.0, y: $0.1, width: width, height: height) }.first { corner in
      obstacles.leaveFree(corner.inset(by: -4))
    }
    guard let free else { return nil }
    place = free
  }

  /// Hides the grid lines behind the legend.
  func drawPlate(on canvas: inout Canvas, _ theme: Theme) {
    let plate = Path.rectangle(place.inset(by: -7))
    canvas.fill(plate, theme.page)
    canvas.stroke(plate, Stroke(1), theme.gridLine)
  }
}

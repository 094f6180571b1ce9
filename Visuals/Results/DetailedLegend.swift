/// A legend whose entries may have numbers below them, such as scores, which are smaller and paler than names.
struct DetailedLegend {
  /// Signs with their names; numbers have none, but a ``Legend/Key/space``.
  var entries: [LegendEntry]
  var theme: Theme

  private var legend: Legend { Legend(entries: entries, theme: theme) }
  private var lineHeight: Double { theme.labelSize * 1.6 }
  /// Where names begin beside lines.
  private static let indent = 34.0

  private func isDetail(_ entry: LegendEntry) -> Bool { entry.key == .space && !entry.name.isEmpty }
  private func height(of entry: LegendEntry) -> Double { entry.name.isEmpty ? lineHeight / 2 : lineHeight }

  var width: Double {
    let details = entries.filter(isDetail).map { Self.indent + theme.note().width(of: $0.name) }.max() ?? 0
    let names = Legend(entries: entries.filter { !isDetail($0) }, theme: theme)
    return max(names.width, details)
  }

  /// The height of all entries.
  var height: Double { entries.reduce(0) { $0 + height(of: $1) } }

  /// Draws the entries below each other within `area`; what finds no room is counted in the last line.
  func draw(on canvas: inout Canvas, in area: Rect) {
    guard height <= area.height + 1e-6 else { return legend.draw(on: &canvas, in: area) }
    // A blank keeps the lines of the numbers, which are written afterwards.
    let names = Legend(entries: entries.map { ($0.key, isDetail($0) ? " " : $0.name) }, theme: theme)
    names.draw(on: &canvas, in: area)
    var y = area.y
    for entry in entries {
      let height = height(of: entry)
      if isDetail(entry) {
        let name = Typeface.fitted(entry.name, to: area.width - Self.indent, size: theme.tickSize)
        canvas.write(name, at: Point(area.x + Self.indent, y + height / 2), theme.note(), centered: true)
      }
      y += height
    }
  }
}

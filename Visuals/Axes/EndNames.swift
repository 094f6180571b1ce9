/// Names at the right ends of lines, moved apart where they would lie on each other.
struct LineEndLabels: Sendable {
  struct Entry: Sendable {
    var name: String
    /// Where the line ends.
    var end: Point
    var color: Color
  }

  var entries: [Entry]
  var theme: Theme

  /// From the lines to the names.
  var gap = 10.0

  private var distance: Double { theme.labelSize * 1.25 }

  /// The room right of the line ends.
  var width: Double { (entries.map { theme.label().width(of: $0.name) }.max().map { $0 + gap }) ?? 0 }

  /// Writes the names from `x` + a gap on, within the heights of `area`, each as near to its line as the others allow.
  ///
  /// A name that had to go far, or whose line ends before `x`, is tied to its line. Where there are more than have room, some
  /// in between are left out.
  func draw(on canvas: inout Canvas, right x: Double, in area: Rect) {
    let sorted = entries.filter(\.end.isFinite).sorted { $0.end.y < $1.end.y }
    let room = max(Int(min(area.height / distance, 1e4)), 1)
    let step = max(sorted.count - 1, 0) / room + 1
    let shown = sorted.indices.filter { $0 % step == 0 || $0 == sorted.count - 1 }.map { sorted[$0] }
    let heights = Self.apart(shown.map(\.end.y), by: distance, within: area.y...max(area.maxY, area.y))
    for (entry, y) in zip(shown, heights) {
      if abs(y - entry.end.y) > distance / 2 || entry.end.x < x - gap - 1 {
        let turn = Point(max(entry.end.x, x) + 2, entry.end.y)
        let start = entry.end.x < x - gap - 1 ? entry.end + Point(3, 0) : turn
        canvas.stroke(Path([start, turn, Point(x + gap - 2, y)]), Stroke(0.8), entry.color)
      }
      let style = Canvas.TextStyle(theme.labelSize, color: entry.color.mixed(with: theme.text, 0.3))
      let name = Typeface.fitted(entry.name, to: canvas.bounds.width - x - gap - 4, size: style.size)
      canvas.write(name, at: Point(x + gap, y), style, centered: true)
    }
  }

  /// Rising heights at least `distance` apart, moved as little as possible in the mean of squares; too many keep less distance.
  static func apart(_ heights: [Double], by distance: Double, within range: ClosedRange<Double>) -> [Double] {
    guard heights.count > 1 else { return heights.map { min(max($0, range.lowerBound), range.upperBound) } }
    let distance = min(distance, (range.upperBound - range.lowerBound) / Double(heights.count - 1))
    // Without the distances, this is to find the nearest rising numbers: neighbors out of order are pooled to their mean.
    var pools: [(sum: Double, count: Int)] = []
    for (index, height) in heights.enumerated() {
      pools.append((height - Double(index) * distance, 1))
      while pools.count > 1 {
        let (last, before) = (pools[pools.count - 1], pools[pools.count - 2])
        guard before.sum / Double(before.count) > last.sum / Double(last.count) else { break }
        pools.removeLast(2)
        pools.append((before.sum + last.sum, before.count + last.count))
      }
    }
    let reach = Double(heights.count - 1) * distance
    let (low, high) = (range.lowerBound, range.upperBound - reach)
    let bases = pools.flatMap { pool in Array(repeating: pool.sum / Double(pool.count), count: pool.count) }
    return bases.enumerated().map { index, base in min(max(base, low), max(high, low)) + Double(index) * distance }
  }
}

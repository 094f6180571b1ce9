/// Names at the right ends of lines, moved apart where they would lie on each other.
struct EndNames: Sendable {
  struct Entry: Sendable {
    var name: String
    /// Where the line ends.
    var end: Point
    var color: Color
  }

  var entries: [Entry]
  var theme: Theme

  private var distance: Double { theme.labelSize * 1.25 }
  private static let gap = 10.0

  /// The room right of the line ends.
  var width: Double { (entries.map { theme.label().width(of: $0.name) }.max().map { $0 + Self.gap }) ?? 0 }

  /// Writes the names from `x` + a gap on, within the heights of `area`, each as near to its line as the others allow.
  ///
  /// A name that had to go far is tied to its line.
  func draw(on canvas: inout Canvas, right x: Double, in area: Rect) {
    let entries = entries.filter(\.end.isFinite).sorted { $0.end.y < $1.end.y }
    let heights = Self.apart(entries.map(\.end.y), by: distance, within: area.y...max(area.maxY, area.y))
    for (entry, y) in zip(entries, heights) {
      if abs(y - entry.end.y) > distance {
        canvas.stroke(.line(Point(x + 2, entry.end.y), Point(x + Self.gap - 2, y)), Stroke(0.8), entry.color)
      }
      let style = Canvas.TextStyle(theme.labelSize, color: entry.color.mixed(with: theme.text, 0.15))
      canvas.write(entry.name, at: Point(x + Self.gap, y), style, centered: true)
    }
  }

  /// Rising heights at least `distance` apart, moved as little as possible in the mean of squares; too many keep less distance.
  static func apart(_ heights: [Double], by distance: Double, within range: ClosedRange<Double>) -> [Double] {
    guard heights.count > 1 else { return heights.map { min(max($0, range.lowerBound), range.upperBound) } }
    let distance = min(distance, (range.upperBound - range.lowerBound) / Double(heights.count - 1))
    // Without the distances, this is to find the nearest rising numbers: neighbours out of order are pooled to their mean.
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

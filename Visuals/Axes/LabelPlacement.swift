/// The drawn content of a plot that labels should not hide.
struct Obstacles: Sendable {
  /// Marks, each of which counts as one.
  var points: [Point] = []
  /// Lines, which count by their length in units of the size of a mark.
  var lines: [[Point]] = []
  /// Labels and plates, which must not be covered.
  var areas: [Rect] = []

  private static let markSize = 8.0

  /// Returns how much content `rect` hides.
  func hidden(by rect: Rect) -> Double {
    let around = rect.inset(by: -Self.markSize / 2)
    let marks = points.count(where: around.contains)
    let lengths = lines.reduce(0.0) { sum, line in
      zip(line, line.dropFirst()).reduce(sum) { length, ends in
        let stretch = around.stretch(of: ends.0, ends.1)
        return length + (stretch.map { ($0.1 - $0.0) * (ends.1 - ends.0).length } ?? 0)
      }
    }
    let covered = areas.count { $0.x < rect.maxX && rect.x < $0.maxX && $0.y < rect.maxY && rect.y < $0.maxY }
    return Double(marks) + lengths / Self.markSize + Double(covered) * 1e6
  }

  /// Returns whether `rect` hides nothing.
  func leaveFree(_ rect: Rect) -> Bool { hidden(by: rect) == 0 }

  /// Returns the position at a corner or at the middle of a side of `area` where a plate of the given size hides least,
  /// with a preference for the upper-right corner.
  func freest(_ width: Double, _ height: Double, in area: Rect, inset: Double = 8) -> Rect {
    let places = [(1.0, 0.0), (0, 0), (1, 1), (0, 1), (1, 0.5), (0, 0.5), (0.5, 0), (0.5, 1)]
    let rects = places.map { u, v in
      Rect(
        x: area.x + inset + u * (area.width - 2 * inset - width),
        y: area.y + inset + v * (area.height - 2 * inset - height), width: width, height: height)
    }
    let counts = rects.map(hidden)
    return rects[counts.indices.min { counts[$0] < counts[$1] } ?? 0]
  }
}

/// Labels contour lines with their values where they hide neither data nor other labels.
struct LineLabels {
  let plot: Plot
  var obstacles: Obstacles
  /// The maximum number of labeled lines per level.
  var perLevel = 4
  /// The radius of the marks.
  var reach = 0.0

  /// Labels the longest lines of every level, given in plot coordinates; short lines get no label.
  func draw(_ levels: [[[Point]]], _ labels: [String], on canvas: inout Canvas) {
    let style = Canvas.TextStyle(plot.theme.tickSize * 0.9, color: plot.theme.text)
    var obstacles = obstacles
    for (lines, label) in zip(levels, labels) {
      let size = Point(style.width(of: label) + 6, style.size * 1.25)
      for line in lines.sorted(by: { Self.length($0) > Self.length($1) }).prefix(perLevel) {
        guard Self.length(line) > 4 * size.x, let plate = plate(on: line, size, obstacles) else { continue }
        canvas.fill(.rectangle(plate, rounded: 3), plot.theme.page.opacity(0.65))
        canvas.write(label, at: plate.center, style, align: .middle, centered: true)
        // Labels keep a distance from each other.
        obstacles.areas.append(plate.inset(by: -14))
      }
    }
  }

  private static func length(_ line: [Point]) -> Double {
    zip(line, line.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length }
  }

  /// Returns a plate on `line`, as near to its middle as possible, that hides nothing.
  private func plate(on line: [Point], _ size: Point, _ obstacles: Obstacles) -> Rect? {
    let room = plot.area.inset(by: 4)
    let step = max(line.count / 40, 1)
    for distance in 0..<20 {
      for index in [line.count / 2 + distance * step, line.count / 2 - distance * step]
      where line.indices.contains(index) {
        let plate = Rect(around: line[index], size)
        if room.contains(plate) && obstacles.leaveFree(plate.inset(by: -reach)) { return plate }
      }
    }
    return nil
  }
}

/// Labels at the right ends of lines, moved apart where they would overlap.
struct LineEndLabels: Sendable {
  struct Entry: Sendable {
    var name: String
    /// The end of the line.
    var end: Point
    var color: Color
  }

  var entries: [Entry]
  var theme: Theme

  /// The distance between lines and labels.
  var gap = 10.0

  private var distance: Double { theme.labelSize * 1.25 }

  /// The width needed to the right of the line ends.
  var width: Double { (entries.map { theme.label().width(of: $0.name) }.max().map { $0 + gap }) ?? 0 }

  /// Writes the labels to the right of `x`, within the height of `area`, each as near to its line as the others allow.
  ///
  /// A label that is far from its line, or whose line ends before `x`, is connected to it. If there isn't enough room
  /// for all labels, some in between are omitted.
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

  /// Returns ascending positions at least `distance` apart that minimize the squared displacement; if there are too
  /// many, the distance is reduced.
  static func apart(_ heights: [Double], by distance: Double, within range: ClosedRange<Double>) -> [Double] {
    guard heights.count > 1 else { return heights.map { min(max($0, range.lowerBound), range.upperBound) } }
    let distance = min(distance, (range.upperBound - range.lowerBound) / Double(heights.count - 1))
    // With the distances subtracted, this is isotonic regression: adjacent values out of order are pooled to their
    // mean.
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

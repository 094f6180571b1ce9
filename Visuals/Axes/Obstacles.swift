/// What has been drawn in a plot and should stay seen: words look for a place where they hide little of it.
struct Obstacles: Sendable {
  /// Marks, which count one each.
  var points: [Point] = []
  /// Lines, which count by their length, one for the length of a mark.
  var lines: [[Point]] = []
  /// Words and plates, which must not be written over.
  var areas: [Rect] = []

  private static let markSize = 8.0

  /// How much of it `rect` hides.
  func hidden(by rect: Rect) -> Double {
    let around = rect.inset(by: -Self.markSize / 2)
    let marks = points.count(where: around.contains)
    let lengths = lines.reduce(0.0) { sum, line in
      zip(line, line.dropFirst()).reduce(sum) { length, ends in
        let stretch = around.stretch(of: ends.0, ends.1)
        return length + (stretch.map { ($0.1 - $0.0) * (ends.1 - ends.0).length } ?? 0)
      }
    }
    let words = areas.count { $0.x < rect.maxX && rect.x < $0.maxX && $0.y < rect.maxY && rect.y < $0.maxY }
    return Double(marks) + lengths / Self.markSize + Double(words) * 1e6
  }

  /// Whether `rect` hides nothing.
  func leaveFree(_ rect: Rect) -> Bool { hidden(by: rect) == 0 }

  /// The corner of `area`, or the middle of one of its sides, in which a plate of the given size hides least: the upper right
  /// one if none is better.
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

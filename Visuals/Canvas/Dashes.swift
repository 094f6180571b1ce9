extension Stroke {
  /// The drawn parts of `line` between the gaps of the dashes, as far as they touch `visible`.
  ///
  /// Dashes too fine to be seen leave the line unbroken.
  func dashed(_ line: Polyline, seenIn visible: Rect) -> [Polyline] {
    let period = dashes.reduce(0, +)
    guard dashes.allSatisfy({ $0 >= 0 }), period.isFinite, period > 0.5 else { return [line] }
    var points = line.points
    if line.isClosed, let first = points.first { points.append(first) }
    let seen = visible.inset(by: -(min(width, 1e6) * 4 + period))
    var dash = Dash(lengths: dashes, period: period)
    var parts: [Polyline] = []
    var part: [Point] = points.first.map { [$0] } ?? []
    for (a, b) in zip(points, points.dropFirst()) {
      let length = (b - a).length
      guard length > 0 else { continue }
      func at(_ way: Double) -> Point { a + (b - a) * (way / length) }
      var way = 0.0
      let stretch = seen.stretch(of: a, b).map { (from: $0 * length, to: $1 * length) } ?? (from: length, to: length)
      if stretch.from > dash.left {
        // Nothing before the sheet is reached needs to be cut out.
        way = stretch.from
        dash.advance(by: way)
        part = [at(way)]
      }
      while length - way > dash.left, way <= stretch.to {
        way += dash.left
        if dash.isDrawn { parts.append(Polyline(points: part + [at(way)], isClosed: false)) }
        part = [at(way)]
        dash.next()
      }
      if length - way > dash.left {
        dash.advance(by: length - way)
        part = [b]
      } else {
        dash.left -= length - way
        if dash.isDrawn { part.append(b) }
      }
    }
    if dash.isDrawn, part.count > 1 { parts.append(Polyline(points: part, isClosed: false)) }
    return parts
  }
}

/// A place in a pattern of dashes and gaps.
private struct Dash {
  let lengths: [Double]
  let period: Double
  var index = 0
  /// What is left of the present dash or gap.
  var left: Double

  init(lengths: [Double], period: Double) {
    // An odd number of lengths changes roles from round to round.
    self.lengths = lengths.count % 2 == 0 ? lengths : lengths + lengths
    self.period = lengths.count % 2 == 0 ? period : 2 * period
    left = lengths[0]
  }

  var isDrawn: Bool { index % 2 == 0 }

  mutating func next() {
    index = (index + 1) % lengths.count
    left = lengths[index]
  }

  mutating func advance(by way: Double) {
    var way = way.truncatingRemainder(dividingBy: period)
    while way >= left {
      way -= left
      next()
    }
    left -= way
  }
}

extension Rect {
  /// From where to where, between 0 and 1, the line from `a` to `b` runs inside; `nil` if nowhere.
  func stretch(of a: Point, _ b: Point) -> (Double, Double)? {
    guard a.isFinite, b.isFinite else { return nil }
    var (from, to) = (0.0, 1.0)
    for (start, way, low, high) in [(a.x, b.x - a.x, x, maxX), (a.y, b.y - a.y, y, maxY)] {
      if way == 0 {
        if start < low || start > high { return nil }
      } else {
        let (enters, leaves) =
          way > 0 ? ((low - start) / way, (high - start) / way) : ((high - start) / way, (low - start) / way)
        (from, to) = (max(from, enters), min(to, leaves))
      }
    }
    return from <= to ? (from, to) : nil
  }
}

/// How a line is drawn: its width, its ends, its corners, its dashes.
public struct Stroke: Hashable, Sendable {
  /// The form of an end.
  public enum Cap: Hashable, Sendable {
    /// Cut at the end point.
    case butt
    /// Cut half a width beyond it.
    case square
    /// A half circle around it.
    case round
  }

  /// The form of a corner.
  public enum Join: Hashable, Sendable {
    /// The sides are prolonged to a point, unless that is further than four half widths away.
    case miter
    /// A circle around the corner.
    case round
    /// Cut straight across.
    case bevel
  }

  /// The width.
  public var width: Double
  /// The form of both ends.
  public var cap: Cap
  /// The form of the corners.
  public var join: Join
  /// Lengths drawn and left out in turn; none for an unbroken line.
  public var dashes: [Double]

  /// A line of `width`, unbroken with round corners unless told otherwise.
  public init(_ width: Double, cap: Cap = .butt, join: Join = .round, dashes: [Double] = []) {
    self.width = width
    self.cap = cap
    self.join = join
    self.dashes = dashes
  }

  /// The stroke with all its lengths multiplied.
  func scaled(by factor: Double) -> Stroke {
    Stroke(width * factor, cap: cap, join: join, dashes: dashes.map { $0 * factor })
  }
}

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
        // Nothing before the canvas is reached needs to be cut out.
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

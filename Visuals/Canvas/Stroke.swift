/// The width, caps, joins, and dashes of a line.
public struct Stroke: Hashable, Sendable {
  /// The shape of a line end.
  public enum Cap: Hashable, Sendable {
    /// The line ends at the end point.
    case butt
    /// The line extends half its width beyond the end point.
    case square
    /// The line ends in a semicircle around the end point.
    case round
  }

  /// The shape of a corner.
  public enum Join: Hashable, Sendable {
    /// The outer edges meet in a point, unless it is more than twice the width away.
    case miter
    /// The corner is rounded.
    case round
    /// The corner is cut off.
    case bevel
  }

  /// The width.
  public var width: Double
  /// The shape of both ends.
  public var cap: Cap
  /// The shape of the corners.
  public var join: Join
  /// The alternating lengths of dashes and gaps; empty for a solid line.
  public var dashes: [Double]

  /// Creates a stroke; by default, the line is solid with round corners.
  public init(_ width: Double, cap: Cap = .butt, join: Join = .round, dashes: [Double] = []) {
    self.width = width
    self.cap = cap
    self.join = join
    self.dashes = dashes
  }

  /// The stroke with all lengths multiplied by `factor`.
  func scaled(by factor: Double) -> Stroke {
    Stroke(width * factor, cap: cap, join: join, dashes: dashes.map { $0 * factor })
  }
}

extension Stroke {
  /// The dashes of `line`, as far as they touch `visible`.
  ///
  /// Dashes too short to be visible leave the line solid.
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
      func at(_ distance: Double) -> Point { a + (b - a) * (distance / length) }
      var distance = 0.0
      let stretch = seen.stretch(of: a, b).map { (from: $0 * length, to: $1 * length) } ?? (from: length, to: length)
      if stretch.from > dash.left {
        // Dashes before the visible part don't need to be computed.
        distance = stretch.from
        dash.advance(by: distance)
        part = [at(distance)]
      }
      while length - distance > dash.left, distance <= stretch.to {
        distance += dash.left
        if dash.isDrawn { parts.append(Polyline(points: part + [at(distance)], isClosed: false)) }
        part = [at(distance)]
        dash.next()
      }
      if length - distance > dash.left {
        dash.advance(by: length - distance)
        part = [b]
      } else {
        dash.left -= length - distance
        if dash.isDrawn { part.append(b) }
      }
    }
    if dash.isDrawn, part.count > 1 { parts.append(Polyline(points: part, isClosed: false)) }
    return parts
  }
}

/// A position in a pattern of dashes and gaps.
private struct Dash {
  let lengths: [Double]
  let period: Double
  var index = 0
  /// The remaining length of the current dash or gap.
  var left: Double

  init(lengths: [Double], period: Double) {
    // With an odd number of lengths, dashes and gaps swap on every repetition.
    self.lengths = lengths.count % 2 == 0 ? lengths : lengths + lengths
    self.period = lengths.count % 2 == 0 ? period : 2 * period
    left = lengths[0]
  }

  var isDrawn: Bool { index % 2 == 0 }

  mutating func next() {
    index = (index + 1) % lengths.count
    left = lengths[index]
  }

  mutating func advance(by distance: Double) {
    var distance = distance.truncatingRemainder(dividingBy: period)
    while distance >= left {
      distance -= left
      next()
    }
    left -= distance
  }
}

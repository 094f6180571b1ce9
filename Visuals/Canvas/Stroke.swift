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
  /// The drawn parts of `line` between the gaps of the dashes.
  func dashed(_ line: Polyline) -> [Polyline] {
    let period = dashes.reduce(0, +)
    var points = line.points
    if line.isClosed, let first = points.first { points.append(first) }
    let length = zip(points, points.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length }
    guard dashes.count > 1, dashes.allSatisfy({ $0 > 0 }), period.isFinite, length / period < 100_000,
      var previous = points.first
    else { return [line] }
    var parts: [Polyline] = []
    var part = [previous]
    var index = 0
    var left = dashes[0]
    for point in points.dropFirst() {
      var span = (point - previous).length
      while span > left {
        previous = previous + (point - previous) * (left / span)
        span -= left
        if index % 2 == 0 { parts.append(Polyline(points: part + [previous], isClosed: false)) }
        part = [previous]
        index += 1
        left = dashes[index % dashes.count]
      }
      left -= span
      if index % 2 == 0 { part.append(point) }
      previous = point
    }
    if index % 2 == 0, part.count > 1 { parts.append(Polyline(points: part, isClosed: false)) }
    return parts
  }
}

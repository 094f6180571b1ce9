import RealModule

/// Converts a line with a width into the outline of the area it covers.
///
/// All outlines have the same orientation, so that overlapping strokes are filled as one shape.
struct Stroker {
  private let half: Double
  private let join: Stroke.Join
  private let caps: (start: Stroke.Cap, end: Stroke.Cap)
  private var outline: [Point] = []

  /// The outlines of `line` drawn with `stroke`; `ends` overrides the cap of each end.
  static func outlines(
    of line: Polyline, _ stroke: Stroke, ends: (start: Stroke.Cap, end: Stroke.Cap)? = nil
  ) -> [Polyline] {
    var points: [Point] = []
    for point in line.points where points.last.map({ ($0 - point).length > 1e-6 }) ?? true { points.append(point) }
    var isClosed = line.isClosed
    if isClosed, let first = points.first, let last = points.last, points.count > 1, (first - last).length <= 1e-6 {
      points.removeLast()
    }
    isClosed = isClosed && points.count > 2
    guard let first = points.first, stroke.width > 0 else { return [] }
    if points.count == 1 { points.append(first + Point(1e-3, 0)) }
    var stroker = Stroker(
      half: min(stroke.width / 2, 1e6), join: stroke.join, caps: ends ?? (start: stroke.cap, end: stroke.cap))
    if isClosed {
      let forward = stroker.ring(points)
      let backward = stroker.ring(points.reversed())
      return [forward, backward]
    }
    return [stroker.open(points)]
  }

  private init(half: Double, join: Stroke.Join, caps: (start: Stroke.Cap, end: Stroke.Cap)) {
    self.half = half
    self.join = join
    self.caps = caps
  }

  private mutating func open(_ points: [Point]) -> Polyline {
    outline = []
    side(points)
    cap(points[points.count - 1], from: points[points.count - 2], caps.end)
    side(points.reversed())
    cap(points[0], from: points[1], caps.start)
    return Polyline(points: outline, isClosed: true)
  }

  private mutating func ring(_ points: [Point]) -> Polyline {
    outline = []
    let count = points.count
    for i in 0..<count { corner(points[(i + count - 1) % count], points[i], points[(i + 1) % count]) }
    return Polyline(points: outline, isClosed: true)
  }

  /// One side of an open line, without the ends.
  private mutating func side(_ points: [Point]) {
    guard points.count > 2 else { return }
    for i in 1..<(points.count - 1) { corner(points[i - 1], points[i], points[i + 1]) }
  }

  private mutating func cap(_ end: Point, from previous: Point, _ cap: Stroke.Cap) {
    let ahead = (end - previous) * (half / (end - previous).length)
    let across = ahead.normal
    switch cap {
    case .butt: outline += [end + across, end - across]
    case .square: outline += [end + ahead + across, end + ahead - across]
    case .round: turn(around: end, from: across, by: -.pi)
    }
  }

  private mutating func corner(_ previous: Point, _ point: Point, _ next: Point) {
    let (inward, outward) = (point - previous, next - point)
    let (a, b) = (inward.length, outward.length)
    let (u, v) = (inward * (1 / a), outward * (1 / b))
    let (before, after) = (u.normal * half, v.normal * half)
    let cosine = min(max(Point.dot(u, v), -1), 1)
    let sine = Point.cross(u, v)
    // Half of the angle by which the line turns.
    let tangent = ((1 - cosine) / max(1 + cosine, 1e-12)).squareRoot()
    let tip = before + u * (half * tangent * (sine < 0 ? 1 : -1))
    if sine >= 0 {
      if half * tangent < min(a, b) {
        outline.append(point + tip)
      } else {
        outline += [point + before, point, point + after]
      }
    } else if half * tangent * tangent < 0.02 || (join == .miter && (1 + tangent * tangent).squareRoot() < 4) {
      outline.append(point + tip)
    } else if join == .round {
      turn(around: point, from: before, by: -Double.acos(cosine))
    } else {
      outline += [point + before, point + after]
    }
  }

  /// Appends the points of an arc around `center`, beginning at the offset `start`.
  private mutating func turn(around center: Point, from start: Point, by angle: Double) {
    let step = 2 * Double.acos(1 - min(0.0025 / half, 0.5))
    let count = Int(min(max((abs(angle) / step).rounded(.up), 1), 200))
    for i in 0...count {
      let a = angle * Double(i) / Double(count)
      outline.append(
        center
          + Point(start.x * Double.cos(a) - start.y * Double.sin(a), start.x * Double.sin(a) + start.y * Double.cos(a)))
    }
  }
}

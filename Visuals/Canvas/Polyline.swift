/// One piece of a path, its curves replaced by lines.
struct Polyline {
  var points: [Point]
  var isClosed: Bool

  /// The outline with every point moved by `transform`.
  func mapped(_ transform: (Point) -> Point) -> Polyline {
    Polyline(points: points.map(transform), isClosed: isClosed)
  }
}

extension Path {
  /// The pieces in pixels, no further than `tolerance` pixels from the curves. Pieces that are not finite are left out.
  func flattened(scale: Double, tolerance: Double = 0.0025) -> [Polyline] {
    let reach = 1e6
    func pixel(_ p: Point) -> Point {
      Point(min(max(p.x * scale, -reach), reach), min(max(p.y * scale, -reach), reach))
    }
    var pieces: [Polyline] = []
    var points: [Point] = []
    func finish(closed: Bool) {
      if points.count > 1, points.allSatisfy(\.isFinite) { pieces.append(Polyline(points: points, isClosed: closed)) }
    }
    for element in elements {
      switch element {
      case .move(let point):
        finish(closed: false)
        points = [pixel(point)]
      case .line(let point):
        points.append(pixel(point))
      case .curve(let a, let b, let end):
        Self.flatten(pixel(a), pixel(b), pixel(end), tolerance, into: &points)
      case .close:
        finish(closed: true)
        points = Array(points.prefix(1))
      }
    }
    finish(closed: false)
    return pieces
  }

  private static func flatten(
    _ a: Point, _ b: Point, _ end: Point, _ tolerance: Double, into points: inout [Point]
  ) {
    guard let start = points.last else { return points.append(end) }
    let bend = max((start - a * 2 + b).length, (a - b * 2 + end).length)
    let count = bend.isFinite ? min(max(Int((0.75 * bend / tolerance).squareRoot().rounded(.up)), 1), 400) : 1
    for i in 1...count {
      let t = Double(i) / Double(count)
      let s = 1 - t
      points.append(start * (s * s * s) + a * (3 * s * s * t) + b * (3 * s * t * t) + end * (t * t * t))
    }
  }
}

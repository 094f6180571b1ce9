/// A line whose width changes along it.
struct Ribbon {
  private var points: [Point] = []
  /// Half the width at every point.
  private var halves: [Double] = []

  mutating func append(_ point: Point, half: Double) {
    if let last = points.last, (point - last).length < 1e-6 { return }
    points.append(point)
    halves.append(half)
  }

  /// The outlines, all of one direction. The ends are cut across, or along a horizontal.
  func outlines(isClosed: Bool, start: Double?, end: Double?) -> [Polyline] {
    guard let first = points.first, let last = points.last, points.count > 1 else { return [] }
    if isClosed {
      var ring = self
      if (last - first).length < 1e-6 { (ring.points, ring.halves) = (points.dropLast(), halves.dropLast()) }
      return [
        Polyline(points: ring.side(1), isClosed: true), Polyline(points: ring.side(-1).reversed(), isClosed: true),
      ]
    }
    let count = points.count
    var (left, right) = (side(1), side(-1))
    (right[0], left[0]) = corners(first, from: points[1], half: halves[0], start)
    (left[count - 1], right[count - 1]) = corners(last, from: points[count - 2], half: halves[count - 1], end)
    return [Polyline(points: left + right.reversed(), isClosed: true)]
  }

  /// The points half a width to one side.
  private func side(_ sign: Double) -> [Point] {
    let count = points.count
    return (0..<count).map { i in
      let inward = points[i] - points[(i + count - 1) % count]
      let outward = points[(i + 1) % count] - points[i]
      let (u, v) = (inward * (1 / inward.length), outward * (1 / outward.length))
      // No corner reaches further than four half widths.
      let reach = halves[i] * sign / max(1 + Point.dot(u, v), 0.125)
      return points[i] + (u + v).normal * reach
    }
  }

  /// The two corners of an end, slid along the line to `level`.
  private func corners(_ end: Point, from previous: Point, half: Double, _ level: Double?) -> (Point, Point) {
    let ahead = (end - previous) * (1 / (end - previous).length)
    func slid(_ corner: Point) -> Point {
      guard let level, ahead.y != 0 else { return corner }
      return corner + ahead * min(max((level - corner.y) / ahead.y, -4 * half), 4 * half)
    }
    return (slid(end + ahead.normal * half), slid(end - ahead.normal * half))
  }
}

import RealModule

/// A path of lines, Bézier curves, and arcs, in one or more subpaths.
public struct Path: Hashable, Sendable {
  enum Element: Hashable, Sendable {
    case move(Point)
    case line(Point)
    case curve(Point, Point, Point)
    case close
  }

  var elements: [Element] = []

  /// Creates an empty path.
  public init() {}

  /// Creates the lines between `points`, closed to a polygon if `closed` is true.
  public init(_ points: some Sequence<Point>, closed: Bool = false) {
    for point in points { elements.append(elements.isEmpty ? .move(point) : .line(point)) }
    if closed { close() }
  }

  /// Begins a new subpath at `point`.
  public mutating func move(to point: Point) { elements.append(.move(point)) }
  /// Adds a line to `point`.
  public mutating func line(to point: Point) { elements.append(.line(point)) }
  /// Adds a quadratic Bézier curve to `point`; an empty path begins at the control point.
  public mutating func curve(_ control: Point, to point: Point) {
    let start = end ?? control
    curve(start + (control - start) * (2 / 3), point + (control - point) * (2 / 3), to: point)
  }
  /// Adds a cubic Bézier curve to `point` with the control points `first` and `second`.
  public mutating func curve(_ first: Point, _ second: Point, to point: Point) {
    elements.append(.curve(first, second, point))
  }
  /// Closes the current subpath.
  public mutating func close() { elements.append(.close) }
  /// Appends the subpaths of `other`.
  public mutating func append(_ other: Path) { elements += other.elements }

  /// Adds an arc of a circle from angle `start` to `end`, in radians from x toward y, connected to the current subpath
  /// by a line.
  public mutating func arc(center: Point, radius: Double, from start: Double, to end: Double) {
    arc(center: center, radii: Point(radius, radius), from: start, to: end)
  }

  /// Adds an arc of an ellipse with the semi-axes `radii`, rotated by `angle`, as ``arc(center:radius:from:to:)`` does
  /// for a circle.
  ///
  /// An arc covers at most 16 turns; an arc with values that are not finite is skipped.
  public mutating func arc(
    center: Point, radii: Point, turned angle: Double = 0, from start: Double, to end: Double
  ) {
    guard start.isFinite, end.isFinite, angle.isFinite else { return }
    let sweep = min(max(end - start, -32 * .pi), 32 * .pi)
    // With eight segments per turn, the error is below five millionths of the radius.
    let pieces = max(1, Int((abs(sweep) / (.pi / 4) - 1e-9).rounded(.up)))
    let step = sweep / Double(pieces)
    let reach = 4 / 3 * Double.tan(step / 4)
    let (c, s) = (Double.cos(angle), Double.sin(angle))
    func turned(_ x: Double, _ y: Double) -> Point {
      Point(c * x * radii.x - s * y * radii.y, s * x * radii.x + c * y * radii.y)
    }
    func on(_ t: Double) -> Point { center + turned(Double.cos(t), Double.sin(t)) }
    func along(_ t: Double) -> Point { turned(-Double.sin(t), Double.cos(t)) * reach }
    elements.append(elements.isEmpty || elements.last == .close ? .move(on(start)) : .line(on(start)))
    for piece in 0..<pieces {
      let a = start + Double(piece) * step
      curve(on(a) + along(a), on(a + step) - along(a + step), to: on(a + step))
    }
  }

  /// The current point.
  private var end: Point? {
    switch elements.last {
    case .move(let point), .line(let point), .curve(_, _, let point): point
    case .close: elements.lazy.reversed().compactMap { if case .move(let point) = $0 { point } else { nil } }.first
    case nil: nil
    }
  }
}

extension Path {
  /// Returns a full circle.
  public static func circle(_ center: Point, radius: Double) -> Path {
    var path = Path()
    path.arc(center: center, radius: radius, from: 0, to: 2 * .pi)
    path.close()
    return path
  }

  /// Returns a rectangle.
  public static func rectangle(_ rect: Rect) -> Path {
    Path(
      [
        Point(rect.x, rect.y), Point(rect.maxX, rect.y), Point(rect.maxX, rect.maxY), Point(rect.x, rect.maxY),
      ], closed: true)
  }

  /// Returns a rectangle with rounded corners; the radius is at most half the shorter side.
  public static func rectangle(_ rect: Rect, rounded radius: Double) -> Path {
    let r = min(max(radius, 0), abs(rect.width) / 2, abs(rect.height) / 2)
    guard r > 0 else { return rectangle(rect) }
    var path = Path()
    let centers = [
      Point(rect.maxX - r, rect.maxY - r), Point(rect.x + r, rect.maxY - r), Point(rect.x + r, rect.y + r),
      Point(rect.maxX - r, rect.y + r),
    ]
    for (quarter, center) in centers.enumerated() {
      let start = Double(quarter) * .pi / 2
      path.arc(center: center, radius: r, from: start, to: start + .pi / 2)
    }
    path.close()
    return path
  }

  /// Returns a straight line.
  public static func line(_ start: Point, _ end: Point) -> Path { Path([start, end]) }
}

/// A subpath whose curves are approximated by line segments.
struct Polyline {
  var points: [Point]
  var isClosed: Bool

  /// The polyline with every point mapped by `transform`.
  func mapped(_ transform: (Point) -> Point) -> Polyline {
    Polyline(points: points.map(transform), isClosed: isClosed)
  }
}

extension Path {
  /// The subpaths in pixels, within `tolerance` pixels of the curves. Subpaths that are not finite are skipped.
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

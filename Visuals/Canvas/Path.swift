#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Lines and cubic Bézier curves, in one or several pieces.
public struct Path: Hashable, Sendable {
  enum Element: Hashable, Sendable {
    case move(Point)
    case line(Point)
    case curve(Point, Point, Point)
    case close
  }

  var elements: [Element] = []

  /// A path without a piece.
  public init() {}

  /// The straight pieces between `points`, closed to a polygon if asked.
  public init(_ points: some Sequence<Point>, closed: Bool = false) {
    for point in points { elements.append(elements.isEmpty ? .move(point) : .line(point)) }
    if closed { close() }
  }

  /// Begins a new piece at `point`.
  public mutating func move(to point: Point) { elements.append(.move(point)) }
  /// Goes straight to `point`.
  public mutating func line(to point: Point) { elements.append(.line(point)) }
  /// Goes to `point` by a cubic Bézier curve with the control points `first` and `second`.
  public mutating func curve(_ first: Point, _ second: Point, to point: Point) {
    elements.append(.curve(first, second, point))
  }
  /// Goes back to the start of the piece.
  public mutating func close() { elements.append(.close) }
  /// Adds the pieces of `other`.
  public mutating func append(_ other: Path) { elements += other.elements }

  /// Goes along a circle from angle `start` to `end` (radians, from x towards y), straight to its start if the path has begun.
  public mutating func arc(center: Point, radius: Double, from start: Double, to end: Double) {
    let pieces = max(1, Int((abs(end - start) / (.pi / 2)).rounded(.up)))
    let step = (end - start) / Double(pieces)
    let reach = 4 / 3 * tan(step / 4) * radius
    func on(_ angle: Double) -> Point { center + Point(cos(angle), sin(angle)) * radius }
    func along(_ angle: Double) -> Point { Point(-sin(angle), cos(angle)) * reach }
    elements.append(elements.isEmpty ? .move(on(start)) : .line(on(start)))
    for piece in 0..<pieces {
      let a = start + Double(piece) * step
      curve(on(a) + along(a), on(a + step) - along(a + step), to: on(a + step))
    }
  }

  /// A full circle.
  public static func circle(_ center: Point, radius: Double) -> Path {
    var path = Path()
    path.arc(center: center, radius: radius, from: 0, to: 2 * .pi)
    path.close()
    return path
  }

  /// An upright rectangle.
  public static func rectangle(_ rect: Rect) -> Path {
    Path(
      [
        Point(rect.x, rect.y), Point(rect.maxX, rect.y), Point(rect.maxX, rect.maxY), Point(rect.x, rect.maxY),
      ], closed: true)
  }

  /// A straight line.
  public static func line(_ start: Point, _ end: Point) -> Path { Path([start, end]) }
}

/// A point or a vector in the plane; y grows downward.
public struct Point: Hashable, Sendable {
  /// The horizontal coordinate.
  public var x: Double
  /// The vertical coordinate.
  public var y: Double

  /// Creates the point (x, y).
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  var isFinite: Bool { x.isFinite && y.isFinite }
  var length: Double { (x * x + y * y).squareRoot() }
  /// The vector rotated by a quarter turn from x toward y.
  var normal: Point { Point(-y, x) }

  static func + (a: Point, b: Point) -> Point { Point(a.x + b.x, a.y + b.y) }
  static func - (a: Point, b: Point) -> Point { Point(a.x - b.x, a.y - b.y) }
  static func * (a: Point, k: Double) -> Point { Point(a.x * k, a.y * k) }
  static func dot(_ a: Point, _ b: Point) -> Double { a.x * b.x + a.y * b.y }
  static func cross(_ a: Point, _ b: Point) -> Double { a.x * b.y - a.y * b.x }
}

/// An axis-aligned rectangle.
public struct Rect: Hashable, Sendable {
  /// The left edge.
  public var x: Double
  /// The top edge.
  public var y: Double
  /// The width.
  public var width: Double
  /// The height.
  public var height: Double

  /// Creates a rectangle from its top-left corner and its size.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The right edge.
  public var maxX: Double { x + width }
  /// The bottom edge.
  public var maxY: Double { y + height }
  /// The center.
  public var center: Point { Point(x + width / 2, y + height / 2) }

  /// Returns whether `point` lies inside the rectangle or on its edge.
  public func contains(_ point: Point) -> Bool {
    point.x >= x && point.x <= maxX && point.y >= y && point.y <= maxY
  }

  init(around center: Point, _ size: Point) {
    self.init(x: center.x - size.x / 2, y: center.y - size.y / 2, width: size.x, height: size.y)
  }

  func contains(_ other: Rect) -> Bool {
    contains(Point(other.x, other.y)) && contains(Point(other.maxX, other.maxY))
  }

  /// Returns the rectangle shrunk on every side by `amount`, or grown if it is negative.
  public func inset(by amount: Double) -> Rect {
    Rect(x: x + amount, y: y + amount, width: width - 2 * amount, height: height - 2 * amount)
  }
}

extension Rect {
  /// The part of the line from `a` to `b` that lies inside, as a start and an end from 0 to 1; `nil` if none does.
  func stretch(of a: Point, _ b: Point) -> (Double, Double)? {
    guard a.isFinite, b.isFinite else { return nil }
    var (from, to) = (0.0, 1.0)
    for (start, delta, low, high) in [(a.x, b.x - a.x, x, maxX), (a.y, b.y - a.y, y, maxY)] {
      if delta == 0 {
        if start < low || start > high { return nil }
      } else {
        let (enters, leaves) =
          delta > 0 ? ((low - start) / delta, (high - start) / delta) : ((high - start) / delta, (low - start) / delta)
        (from, to) = (max(from, enters), min(to, leaves))
      }
    }
    return from <= to ? (from, to) : nil
  }
}

/// A rectangle of whole pixels.
struct PixelRect: Hashable {
  var left: Int
  var top: Int
  var right: Int
  var bottom: Int

  var isEmpty: Bool { left >= right || top >= bottom }

  func intersection(_ other: PixelRect) -> PixelRect {
    PixelRect(
      left: max(left, other.left), top: max(top, other.top), right: min(right, other.right),
      bottom: min(bottom, other.bottom))
  }

  /// The rectangle relative to `origin`.
  func moved(by origin: Point) -> Rect {
    Rect(
      x: Double(left) - origin.x, y: Double(top) - origin.y, width: Double(right - left),
      height: Double(bottom - top))
  }
}

extension PixelRect {
  /// The bounding box of `points` moved by `origin`; empty if there are none.
  init(around points: some Sequence<Point>, origin: Point) {
    var (low, high) = (Point(.infinity, .infinity), Point(-.infinity, -.infinity))
    for p in points {
      low = Point(min(low.x, p.x), min(low.y, p.y))
      high = Point(max(high.x, p.x), max(high.y, p.y))
    }
    guard low.isFinite, high.isFinite else {
      self.init(left: 0, top: 0, right: 0, bottom: 0)
      return
    }
    func pixel(_ value: Double) -> Int { Int(min(max(value, -1e9), 1e9)) }
    self.init(
      left: pixel((low.x + origin.x).rounded(.down)), top: pixel((low.y + origin.y).rounded(.down)),
      right: pixel((high.x + origin.x).rounded(.up)), bottom: pixel((high.y + origin.y).rounded(.up)))
  }
}

/// Colours that pass into each other along a line or outwards from a centre, mixed in linear light.
public struct Gradient: Hashable, Sendable {
  /// A colour at a place.
  public struct Stop: Hashable, Sendable {
    /// From 0 at the beginning to 1 at the end.
    public var place: Double
    /// The colour there.
    public var color: Color

    /// The colour `color` at `place`.
    public init(_ place: Double, _ color: Color) {
      self.place = place
      self.color = color
    }
  }

  private enum Form: Hashable, Sendable {
    case linear(from: Point, to: Point)
    case radial(center: Point, radius: Double)
  }

  private let form: Form
  private let stops: [Stop]

  private init(_ form: Form, _ stops: [Stop]) {
    self.form = form
    self.stops = stops.filter { $0.place.isFinite }.sorted { $0.place < $1.place }
  }

  /// Changes along the line between two points; beyond them the first and the last colour go on.
  public static func linear(_ stops: [Stop], from start: Point, to end: Point) -> Gradient {
    Gradient(.linear(from: start, to: end), stops)
  }

  /// Changes from `center` to the circle of `radius`; beyond it the last colour goes on.
  public static func radial(_ stops: [Stop], center: Point, radius: Double) -> Gradient {
    Gradient(.radial(center: center, radius: radius), stops)
  }

  /// The colour at `place` from 0 to 1; of stops at one place the last counts from there on.
  public func color(at place: Double) -> Color {
    guard let first = stops.first, let last = stops.last else { return Color(0, alpha: 0) }
    guard let next = stops.firstIndex(where: { $0.place > place }) else { return last.color }
    guard next > 0 else { return first.color }
    let (a, b) = (stops[next - 1], stops[next])
    return a.color.mixedInLight(with: b.color, (place - a.place) / (b.place - a.place))
  }

  /// Where `point` lies on the way from the first colour to the last.
  func place(of point: Point) -> Double {
    let place: Double
    switch form {
    case .linear(let start, let end):
      let way = end - start
      place = Point.dot(point - start, way) / Point.dot(way, way)
    case .radial(let center, let radius):
      place = (point - center).length / radius
    }
    return place.isNaN ? 0 : min(max(place, 0), 1)
  }
}

/// A gradient laid over pixels.
struct GradientInk: Ink {
  private let gradient: Gradient
  private let scale: Double
  private let origin: Point
  private let shades: [Color]
  private static let steps = 1024

  init(_ gradient: Gradient, scale: Double, origin: Point) {
    self.gradient = gradient
    self.scale = scale
    self.origin = origin
    shades = (0...Self.steps).map { gradient.color(at: Double($0) / Double(Self.steps)) }
  }

  func paint(_ pixel: UnsafeMutablePointer<UInt8>, row: Int, x: Int, coverage: Float) {
    let center = (Point(Double(x) + 0.5, Double(row) + 0.5) - origin) * (1 / scale)
    let shade = shades[Int(gradient.place(of: center) * Double(Self.steps) + 0.5)]
    ShadedInk { _, _ in shade }.paint(pixel, row: row, x: x, coverage: coverage)
  }
}

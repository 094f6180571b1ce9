extension Canvas {
  /// How text is drawn.
  public struct TextStyle: Hashable, Sendable {
    /// The height from the lowest to the highest letters, in units.
    public var size: Double
    /// Regular or bold.
    public var weight: Typeface.Weight
    /// The colour.
    public var color: Color

    /// A style of `size`, regular and dark unless told otherwise.
    public init(_ size: Double, weight: Typeface.Weight = .regular, color: Color = Color(0x222222)) {
      self.size = size
      self.weight = weight
      self.color = color
    }

    /// The width of `text` in this style.
    public func width(of text: String) -> Double { Typeface.width(of: text, size: size, weight: weight) }
  }

  /// Which point of the text lies at the given place, along the line of writing.
  public enum Alignment: Hashable, Sendable {
    /// The text begins there.
    case start
    /// The text is centred on it.
    case middle
    /// The text ends there.
    case end
  }

  /// The direction of writing.
  public enum Direction: Hashable, Sendable {
    /// To the right.
    case right
    /// Upwards, as the name of a vertical axis.
    case up
    /// Downwards.
    case down
  }

  /// Writes `text` with its baseline through `point`, or the middle of its capitals if `centered`.
  public mutating func write(
    _ text: String, at point: Point, _ style: TextStyle, align: Alignment = .start, centered: Bool = false,
    direction: Direction = .right
  ) {
    let size = style.size * scale
    guard size.isFinite, size > 0, size < 4096, point.isFinite else { return }
    let width = Typeface.width(of: text, size: size, weight: style.weight)
    let back = align == .start ? 0 : align == .middle ? width / 2 : width
    let lower = centered ? ((size * Typeface.capHeight).rounded() / 2) : 0
    let (x, y) = (point.x * scale, point.y * scale)
    let place: (Point) -> Point
    switch direction {
    case .right:
      let origin = Point(x - back, (y + lower).rounded())
      place = { origin + $0 }
    case .up:
      let origin = Point((x + lower).rounded(), y + back)
      place = { Point(origin.x + $0.y, origin.y - $0.x) }
    case .down:
      let origin = Point((x - lower).rounded(), y - back)
      place = { Point(origin.x - $0.y, origin.y + $0.x) }
    }
    let strokes = Typeface.strokes(of: text, pixels: size, weight: style.weight)
    fillUnion(of: strokes.map { stroke in stroke.map { $0.mapped(place) } }, style.color)
  }
}

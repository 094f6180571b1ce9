extension Canvas {
  /// The size, weight, and color of text.
  public struct TextStyle: Hashable, Sendable {
    /// The size in units: capitals are 0.7 of it tall, lowercase letters 0.5, and descenders extend 0.2 below the
    /// baseline.
    public var size: Double
    /// The weight.
    public var weight: Typeface.Weight
    /// The color.
    public var color: Color

    /// Creates a style, which is regular and dark by default.
    public init(_ size: Double, weight: Typeface.Weight = .regular, color: Color = Color(0x222222)) {
      self.size = size
      self.weight = weight
      self.color = color
    }

    /// Returns the width of `text` in this style.
    public func width(of text: String) -> Double { Typeface.width(of: text, size: size, weight: weight) }
  }

  /// The alignment of text along its baseline.
  public enum Alignment: Hashable, Sendable {
    /// The text begins at the given point.
    case start
    /// The text is centered on the given point.
    case middle
    /// The text ends at the given point.
    case end
  }

  /// The direction of writing.
  public enum Direction: Hashable, Sendable {
    /// To the right.
    case right
    /// Upward, as for the name of a vertical axis.
    case up
    /// Downward.
    case down
  }

  /// Writes `text` with its baseline at `point`, or vertically centered on its capitals if `centered` is true.
  public mutating func write(
    _ text: String, at point: Point, _ style: TextStyle, align: Alignment = .start, centered: Bool = false,
    direction: Direction = .right
  ) {
    let size = style.size * scale
    let place = point * scale
    let clip = pixelClip
    guard size.isFinite, size > 0, size < 4096, place.isFinite, clip.left < clip.right, clip.top < clip.bottom else {
      return
    }
    let (ahead, down) =
      switch direction {
      case .right: (Point(1, 0), Point(0, 1))
      case .up: (Point(0, -1), Point(1, 0))
      case .down: (Point(0, 1), Point(-1, 0))
      }
    let width = align == .start ? 0 : Typeface.width(of: text, size: size, weight: style.weight)
    let lower = centered ? PixelGrid.Lines(size: size).capital / 2 : 0
    var origin = place - ahead * (align == .middle ? width / 2 : width) + down * lower
    // The baseline is placed between two rows or columns of pixels.
    if direction == .right { origin.y.round() } else { origin.x.round() }

    let ends = [Point(Double(clip.left), Double(clip.top)), Point(Double(clip.right), Double(clip.bottom))]
      .map { Point.dot($0 - origin, ahead) }
    var line = Line(weight: style.weight)
    var shapes: [[Polyline]] = []
    for character in text {
      let glyph = Glyphs.glyph(of: character)
      let start = origin + ahead * line.append(glyph, size: size)
      if Point.dot(start - origin, ahead) > max(ends[0], ends[1]) + size { break }
      if line.width(size) < min(ends[0], ends[1]) - size { continue }
      let outlines = OutlineCache.shared.outlines(of: glyph, size: size, weight: style.weight)
      shapes += outlines.map { shape in shape.map { $0.mapped { start + ahead * $0.x + down * $0.y } } }
    }
    fillUnion(of: shapes, style.color)
  }
}

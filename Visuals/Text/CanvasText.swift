extension Canvas {
  /// How text is drawn.
  public struct TextStyle: Hashable, Sendable {
    /// The size in units: capitals are 0.7 of it tall, small letters 0.5, and descenders reach down 0.2.
    public var size: Double
    /// Regular or bold.
    public var weight: Typeface.Weight
    /// The color.
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
    /// The text is centered on it.
    case middle
    /// The text ends there.
    case end
  }

  /// The direction of writing.
  public enum Direction: Hashable, Sendable {
    /// To the right.
    case right
    /// Upward, as the name of a vertical axis.
    case up
    /// Downward.
    case down
  }

  /// Writes `text` with its baseline through `point`, or the middle of its capitals if `centered`.
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
    // The baseline lies between two rows, or columns, of pixels.
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

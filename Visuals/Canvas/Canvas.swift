/// A sheet of pixels to draw on, anti-aliased by exact coverage.
///
/// All coordinates and widths are in units of `scale` pixels, from the top left corner, y growing downwards.
///
/// ```swift
/// var canvas = try Canvas(pixelWidth: 400, pixelHeight: 300)
/// canvas.fill(.circle(Point(200, 150), radius: 80), Color(0x0072B2))
/// canvas.write("a disc", at: Point(200, 260), .init(20), align: .middle)
/// try canvas.png().write(to: "disc.png")
/// ```
public struct Canvas: Sendable {
  /// The width in pixels.
  public let pixelWidth: Int
  /// The height in pixels.
  public let pixelHeight: Int
  /// Pixels in one unit.
  public internal(set) var scale: Double
  /// Nothing is drawn outside it, rounded to whole pixels; `nil` for the whole sheet.
  public var clip: Rect?
  /// Red, green, blue and opacity of every pixel, row by row.
  var pixels: [UInt8]
  /// The part of the sheet that is drawn on as if it were a whole one.
  var frame: Frame
  /// How much of each pixel a path leaves to be drawn on.
  var mask: Mask?
  var rasterizer: Rasterizer

  /// A sheet of `background`, which may be transparent. Throws when ``PNG/checkSize(width:height:)`` refuses the size.
  public init(pixelWidth: Int, pixelHeight: Int, scale: Double = 1, background: Color = Color(0xFFFFFF)) throws {
    try PNG.checkSize(width: pixelWidth, height: pixelHeight)
    self.pixelWidth = pixelWidth
    self.pixelHeight = pixelHeight
    self.scale = Self.usable(scale)
    let bytes = background.bytes
    pixels = [UInt8](unsafeUninitializedCapacity: 4 * pixelWidth * pixelHeight) { pixels, count in
      count = pixels.count
      pixels.withMemoryRebound(to: UInt32.self) { $0.initialize(repeating: bytes) }
    }
    frame = Frame(area: PixelRect(left: 0, top: 0, right: pixelWidth, bottom: pixelHeight))
    rasterizer = Rasterizer(width: pixelWidth, height: pixelHeight)
  }

  /// The scale that stands in for one that cannot be drawn with.
  static func usable(_ scale: Double) -> Double { scale.isNaN ? 1 : min(max(scale, 0.001), 1000) }

  /// The whole sheet, in units.
  public var bounds: Rect { Rect(x: 0, y: 0, width: frame.width / scale, height: frame.height / scale) }

  /// The drawing as a picture, with an alpha channel if anything of the sheet shines through.
  public func png(text: [PNG.Text] = []) throws -> PNG {
    try PNG(width: pixelWidth, height: pixelHeight, rgba: pixels, text: text)
  }

  /// Fills the inside of `path`. Pieces of opposite direction cut holes.
  public mutating func fill(_ path: Path, _ color: Color) {
    fill(path.flattened(scale: scale), color)
  }

  /// Fills the inside of `path` as `rule` tells it from the outside.
  public mutating func fill(_ path: Path, _ color: Color, rule: FillRule) {
    cover(path.flattened(scale: scale), with: SolidInk(color), rule: rule)
  }

  /// Fills the inside of `path` with colours that pass into each other.
  public mutating func fill(_ path: Path, _ gradient: Gradient, rule: FillRule = .nonzero) {
    cover(path.flattened(scale: scale), with: GradientInk(gradient, scale: scale, origin: frame.origin), rule: rule)
  }

  /// Draws along `path`.
  public mutating func stroke(_ path: Path, _ stroke: Stroke, _ color: Color) {
    fill(outlines(of: path, stroke), color)
  }

  /// Draws along `path` in colours that pass into each other.
  public mutating func stroke(_ path: Path, _ stroke: Stroke, _ gradient: Gradient) {
    cover(outlines(of: path, stroke), with: GradientInk(gradient, scale: scale, origin: frame.origin))
  }

  private func outlines(of path: Path, _ stroke: Stroke) -> [Polyline] {
    let stroke = stroke.scaled(by: scale)
    let visible = sheetClip.moved(by: frame.origin)
    return path.flattened(scale: scale).flatMap { line in
      let parts = stroke.dashes.isEmpty ? [line] : stroke.dashed(line, seenIn: visible)
      return parts.flatMap { Stroker.outlines(of: $0, stroke) }
    }
  }

  /// Fills outlines given in pixels.
  mutating func fill(_ outlines: [Polyline], _ color: Color) {
    cover(outlines, with: SolidInk(color))
  }

  /// The nearest place where a line of `width` fills whole pixels.
  func crisp(_ value: Double, width: Double) -> Double {
    let isOdd = (width * scale).rounded() <= 1 || (width * scale).rounded().truncatingRemainder(dividingBy: 2) == 1
    return isOdd ? ((value * scale - 0.5).rounded() + 0.5) / scale : (value * scale).rounded() / scale
  }
}

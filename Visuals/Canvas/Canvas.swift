/// A rectangle of pixels to draw on, with edges smoothed by exact coverage.
///
/// All coordinates and widths are in units of `scale` pixels, measured from the top-left corner; y grows downward.
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
  /// The number of pixels per unit.
  public internal(set) var scale: Double
  /// The rectangle that limits drawing, rounded to whole pixels; `nil` for the whole canvas.
  public var clip: Rect?
  /// The red, green, blue, and opacity of every pixel, row by row.
  var pixels: [UInt8]
  /// The part of the canvas that is currently drawn on as if it were the whole.
  var frame: Frame
  var rasterizer: Rasterizer

  /// Creates a canvas filled with `background`, which may be transparent.
  ///
  /// - Throws: An error when ``PNG/checkSize(width:height:)`` rejects the size.
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

  /// The scale itself, or the nearest one that can be drawn with.
  static func usable(_ scale: Double) -> Double { scale.isNaN ? 1 : min(max(scale, 0.001), 1000) }

  /// The whole canvas, in units.
  public var bounds: Rect { Rect(x: 0, y: 0, width: frame.width / scale, height: frame.height / scale) }

  /// Returns the drawing as a picture, with an alpha channel if any pixel is not opaque.
  public func png(text: [PNG.Text] = []) throws -> PNG {
    try PNG(width: pixelWidth, height: pixelHeight, rgba: pixels, text: text)
  }

  /// Fills the inside of `path`; subpaths of opposite direction cut holes (the nonzero winding rule).
  public mutating func fill(_ path: Path, _ color: Color) {
    fill(path.flattened(scale: scale), color)
  }

  /// Draws a line along `path`.
  public mutating func stroke(_ path: Path, _ stroke: Stroke, _ color: Color) {
    let stroke = stroke.scaled(by: scale)
    let visible = canvasClip.moved(by: frame.origin)
    let outlines = path.flattened(scale: scale).flatMap { line in
      let parts = stroke.dashes.isEmpty ? [line] : stroke.dashed(line, seenIn: visible)
      return parts.flatMap { Stroker.outlines(of: $0, stroke) }
    }
    fill(outlines, color)
  }

  /// The nearest position where a line of `width` fills whole pixels.
  func crisp(_ value: Double, width: Double) -> Double {
    let isOdd = (width * scale).rounded() <= 1 || (width * scale).rounded().truncatingRemainder(dividingBy: 2) == 1
    return isOdd ? ((value * scale - 0.5).rounded() + 0.5) / scale : (value * scale).rounded() / scale
  }
}

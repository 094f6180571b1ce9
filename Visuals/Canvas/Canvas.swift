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

/// A part of a canvas that is drawn on as if it were a whole one.
struct Frame: Sendable {
  /// The top-left corner on the canvas, on whole pixels so that text stays sharp.
  var origin: Point
  /// The width in pixels.
  var width: Double
  /// The height in pixels.
  var height: Double
  /// The part of it that can be drawn on.
  var visible: PixelRect

  init(area: PixelRect) {
    origin = Point(Double(area.left), Double(area.top))
    width = Double(area.right - area.left)
    height = Double(area.bottom - area.top)
    visible = area
  }
}

extension Canvas {
  /// Runs `draw` with `area` as the whole canvas, its top-left corner at (0, 0); nothing is drawn outside it.
  ///
  /// With a `factor` other than 1, everything is drawn larger or smaller by that factor.
  public mutating func within(
    _ area: Rect, scale factor: Double = 1, _ draw: (inout Canvas) throws -> Void
  ) rethrows {
    let outer = (scale, clip, frame)
    defer { (scale, clip, frame) = outer }
    let visible = canvasClip
    clip = area
    var inner = frame
    inner.visible = canvasClip.intersection(visible)
    let corner = Point((area.x * scale).rounded(), (area.y * scale).rounded())
    // Nothing is drawn far outside, so its exact position does not matter there.
    func near(_ value: Double) -> Double { value.isNaN ? 0 : min(max(value, -1e9), 1e9) }
    inner.origin = Point(near(frame.origin.x + corner.x), near(frame.origin.y + corner.y))
    func extent(_ value: Double) -> Double { value >= 1 ? min(value, 1e9) : 1 }
    inner.width = extent((area.maxX * scale).rounded() - corner.x)
    inner.height = extent((area.maxY * scale).rounded() - corner.y)
    (clip, frame, scale) = (nil, inner, Self.usable(scale * factor))
    try draw(&self)
  }

  /// The part that can be drawn on, in whole pixels of the frame.
  var pixelClip: PixelRect {
    let (clip, left, top) = (canvasClip, Int(frame.origin.x), Int(frame.origin.y))
    return PixelRect(left: clip.left - left, top: clip.top - top, right: clip.right - left, bottom: clip.bottom - top)
  }

  /// The part that can be drawn on, in whole pixels of the canvas.
  var canvasClip: PixelRect {
    guard let clip else { return frame.visible }
    func pixel(_ value: Double, _ origin: Double, _ low: Int, _ high: Int) -> Int {
      value.isNaN ? low : Int(min(max((value * scale).rounded() + origin, Double(low)), Double(high)))
    }
    let (outer, origin) = (frame.visible, frame.origin)
    return PixelRect(
      left: pixel(clip.x, origin.x, outer.left, outer.right), top: pixel(clip.y, origin.y, outer.top, outer.bottom),
      right: pixel(clip.maxX, origin.x, outer.left, outer.right),
      bottom: pixel(clip.maxY, origin.y, outer.top, outer.bottom))
  }
}

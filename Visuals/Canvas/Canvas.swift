/// A white sheet of pixels to draw on, anti-aliased by exact coverage.
///
/// All coordinates and widths are in units of `scale` pixels, from the top left corner, y growing downwards.
public struct Canvas: Sendable {
  /// The width in pixels.
  public let pixelWidth: Int
  /// The height in pixels.
  public let pixelHeight: Int
  /// Pixels in one unit.
  public let scale: Double
  /// Nothing is drawn outside it, rounded to whole pixels; `nil` for the whole sheet.
  public var clip: Rect?
  var pixels: [UInt8]
  private var rasterizer: Rasterizer

  /// A sheet of `background`. Throws when ``PNG/checkSize(width:height:)`` refuses the size.
  public init(pixelWidth: Int, pixelHeight: Int, scale: Double = 1, background: Color = Color(0xFFFFFF)) throws {
    try PNG.checkSize(width: pixelWidth, height: pixelHeight)
    self.pixelWidth = pixelWidth
    self.pixelHeight = pixelHeight
    self.scale = scale.isNaN ? 1 : min(max(scale, 0.001), 1000)
    pixels = [UInt8](unsafeUninitializedCapacity: 3 * pixelWidth * pixelHeight) { bytes, count in
      for i in stride(from: 0, to: 3 * pixelWidth * pixelHeight, by: 3) {
        bytes[i] = background.red
        bytes[i + 1] = background.green
        bytes[i + 2] = background.blue
      }
      count = 3 * pixelWidth * pixelHeight
    }
    rasterizer = Rasterizer(width: pixelWidth, height: pixelHeight)
  }

  /// The whole sheet, in units.
  public var bounds: Rect {
    Rect(x: 0, y: 0, width: Double(pixelWidth) / scale, height: Double(pixelHeight) / scale)
  }

  /// The drawing as a picture.
  public func png(text: [PNG.Text] = []) throws -> PNG {
    try PNG(width: pixelWidth, height: pixelHeight, pixels: pixels, text: text)
  }

  /// Fills the inside of `path`. Pieces of opposite direction cut holes.
  public mutating func fill(_ path: Path, _ color: Color) {
    fill(path.flattened(scale: scale), color)
  }

  /// Draws along `path`.
  public mutating func stroke(_ path: Path, _ stroke: Stroke, _ color: Color) {
    let stroke = stroke.scaled(by: scale)
    var outlines: [Polyline] = []
    for line in path.flattened(scale: scale) {
      for part in stroke.dashes.isEmpty ? [line] : stroke.dashed(line) {
        outlines += Stroker.outlines(of: part, stroke)
      }
    }
    fill(outlines, color)
  }

  /// Fills outlines given in pixels.
  mutating func fill(_ outlines: [Polyline], _ color: Color) {
    let clip = pixelClip
    for outline in outlines { rasterizer.add(outline, clip: clip) }
    let width = pixelWidth
    let brush = Brush(color)
    pixels.withUnsafeMutableBufferPointer { pixels in
      rasterizer.sweep { row, x, coverage in brush.paint(&pixels, 3 * (row * width + x), coverage) }
    }
  }

  /// Fills what at least one of the shapes covers, so that edges which coincide do not darken each other.
  mutating func fillUnion(of shapes: [[Polyline]], _ color: Color) {
    let clip = pixelClip
    let points = shapes.joined().flatMap(\.points)
    guard clip.left < clip.right, clip.top < clip.bottom, let first = points.first else { return }
    let (low, high) = points.reduce((first, first)) { box, p in
      (Point(min(box.0.x, p.x), min(box.0.y, p.y)), Point(max(box.1.x, p.x), max(box.1.y, p.y)))
    }
    func pixel(_ value: Double, _ low: Int, _ high: Int) -> Int { Int(min(max(value, Double(low)), Double(high))) }
    let left = pixel(low.x.rounded(.down), clip.left, clip.right)
    let top = pixel(low.y.rounded(.down), clip.top, clip.bottom)
    let width = pixel(high.x.rounded(.up), clip.left, clip.right) - left
    let height = pixel(high.y.rounded(.up), clip.top, clip.bottom) - top
    guard width > 0, height > 0 else { return }
    let area = PixelRect(left: 0, top: 0, right: width, bottom: height)
    let origin = Point(Double(left), Double(top))
    var local = Rasterizer(width: width, height: height)
    var mask = [Float](repeating: 0, count: width * height)
    for shape in shapes {
      for outline in shape { local.add(outline.mapped { $0 - origin }, clip: area) }
      local.sweep { row, x, coverage in mask[row * width + x] = max(mask[row * width + x], coverage) }
    }
    let brush = Brush(color)
    pixels.withUnsafeMutableBufferPointer { pixels in
      for i in mask.indices where mask[i] > 0 {
        brush.paint(&pixels, 3 * ((top + i / width) * pixelWidth + left + i % width), mask[i])
      }
    }
  }

  /// The clip in whole pixels, within the sheet.
  var pixelClip: PixelRect {
    func pixel(_ value: Double, _ limit: Int) -> Int {
      value.isNaN ? 0 : Int(min(max((value * scale).rounded(), 0), Double(limit)))
    }
    let rect = clip ?? bounds
    return PixelRect(
      left: pixel(rect.x, pixelWidth), top: pixel(rect.y, pixelHeight), right: pixel(rect.maxX, pixelWidth),
      bottom: pixel(rect.maxY, pixelHeight))
  }

  /// The nearest place where a line of `width` fills whole pixels.
  func crisp(_ value: Double, width: Double) -> Double {
    let isOdd = Int(max((width * scale).rounded(), 1)) % 2 == 1
    return isOdd ? ((value * scale - 0.5).rounded() + 0.5) / scale : (value * scale).rounded() / scale
  }
}

/// A colour laid over pixels in proportion to their coverage.
private struct Brush {
  private let red: UInt32
  private let green: UInt32
  private let blue: UInt32
  private let opacity: Float

  init(_ color: Color) {
    red = UInt32(color.red)
    green = UInt32(color.green)
    blue = UInt32(color.blue)
    opacity = color.alpha.isNaN ? 0 : Float(min(max(color.alpha, 0), 1)) * 65536
  }

  @inline(__always)
  func paint(_ pixels: inout UnsafeMutableBufferPointer<UInt8>, _ i: Int, _ coverage: Float) {
    let t = UInt32(coverage * opacity + 0.5)
    let s = 65536 - t
    pixels[i] = UInt8((UInt32(pixels[i]) * s + red * t + 32768) >> 16)
    pixels[i + 1] = UInt8((UInt32(pixels[i + 1]) * s + green * t + 32768) >> 16)
    pixels[i + 2] = UInt8((UInt32(pixels[i + 2]) * s + blue * t + 32768) >> 16)
  }
}

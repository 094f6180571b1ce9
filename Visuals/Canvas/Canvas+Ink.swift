/// How the inside of a path is distinguished from its outside where its pieces overlap.
public enum FillRule: Hashable, Sendable {
  /// Inside is where the pieces go round in one direction more often than in the other.
  case nonzero
  /// Inside is where an odd number of pieces goes round.
  case evenOdd
}

/// What is laid over pixels in proportion to their coverage.
protocol Ink {
  /// Lays the ink over one pixel, of which the part `coverage` is covered.
  func paint(_ pixel: UnsafeMutablePointer<UInt8>, row: Int, x: Int, coverage: Float)
}

extension Canvas {
  /// Lays `ink` over what outlines given in pixels, moved by `place`, enclose.
  mutating func cover(
    _ outlines: [Polyline], with ink: some Ink, rule: FillRule = .nonzero, at place: Point = Point(0, 0)
  ) {
    let clip = sheetClip
    for outline in outlines { rasterizer.add(outline, clip: clip, origin: frame.origin + place) }
    let width = pixelWidth
    let mask = mask
    pixels.withUnsafeMutableBufferPointer { pixels in
      guard let base = pixels.baseAddress else { return }
      if let mask {
        rasterizer.sweep(rule) { row, x, coverage in
          ink.paint(base + 4 * (row * width + x), row: row, x: x, coverage: coverage * mask[row, x])
        }
      } else {
        rasterizer.sweep(rule) { row, x, coverage in
          ink.paint(base + 4 * (row * width + x), row: row, x: x, coverage: coverage)
        }
      }
    }
  }

  /// Fills what at least one of the shapes covers, so that edges which coincide do not darken each other.
  mutating func fillUnion(of shapes: [[Polyline]], _ color: Color) {
    let union = Mask(union: shapes, clip: sheetClip, origin: frame.origin)
    let ink = SolidInk(color)
    let (width, mask) = (pixelWidth, mask)
    pixels.withUnsafeMutableBufferPointer { pixels in
      guard let base = pixels.baseAddress else { return }
      union.forEach { row, x, coverage in
        let seen = mask.map { $0[row, x] } ?? 1
        ink.paint(base + 4 * (row * width + x), row: row, x: x, coverage: coverage * seen)
      }
    }
  }
}

/// One colour.
struct SolidInk: Ink {
  private let red: UInt32
  private let green: UInt32
  private let blue: UInt32
  private let opacity: Float

  init(_ color: Color) {
    red = UInt32(color.red)
    green = UInt32(color.green)
    blue = UInt32(color.blue)
    opacity = Float(color.opacity16)
  }

  @inline(__always)
  func paint(_ pixel: UnsafeMutablePointer<UInt8>, row: Int, x: Int, coverage: Float) {
    pixel.lay(red, green, blue, UInt32(coverage * opacity + 0.5))
  }
}

/// The colour that `color` tells for the centre of each pixel.
struct ShadedInk: Ink {
  let color: (_ row: Int, _ x: Int) -> Color

  func paint(_ pixel: UnsafeMutablePointer<UInt8>, row: Int, x: Int, coverage: Float) {
    let color = color(row, x)
    let opacity = UInt32(coverage * Float(color.opacity16) + 0.5)
    pixel.lay(UInt32(color.red), UInt32(color.green), UInt32(color.blue), opacity)
  }
}

extension Color {
  /// The opacity from 0 to 65536.
  fileprivate var opacity16: Double { alpha.isNaN ? 0 : min(max(alpha, 0), 1) * 65536 }
}

extension UnsafeMutablePointer<UInt8> {
  /// Lays a colour of opacity `t`, from 0 to 65536, over a pixel.
  @inline(__always)
  func lay(_ red: UInt32, _ green: UInt32, _ blue: UInt32, _ t: UInt32) {
    if self[3] == 255 {
      let s = 65536 - t
      self[0] = UInt8((UInt32(self[0]) * s + red * t + 32768) >> 16)
      self[1] = UInt8((UInt32(self[1]) * s + green * t + 32768) >> 16)
      self[2] = UInt8((UInt32(self[2]) * s + blue * t + 32768) >> 16)
    } else {
      layOverTransparent(red, green, blue, t)
    }
  }

  /// The operator "over" for colours that are not multiplied with their opacity (Porter and Duff, 1984).
  private func layOverTransparent(_ red: UInt32, _ green: UInt32, _ blue: UInt32, _ t: UInt32) {
    let below = UInt32((UInt64(self[3]) * UInt64(65536 - t) + 127) / 255)
    let alpha = below + t
    guard alpha > 0 else { return }
    self[0] = UInt8((UInt32(self[0]) * below + red * t + alpha / 2) / alpha)
    self[1] = UInt8((UInt32(self[1]) * below + green * t + alpha / 2) / alpha)
    self[2] = UInt8((UInt32(self[2]) * below + blue * t + alpha / 2) / alpha)
    self[3] = UInt8((alpha * 255 + 32768) >> 16)
  }
}

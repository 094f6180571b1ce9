import CPNGReader
import GliaVisuals
import Testing

/// A decoded picture.
struct Picture {
  let width: Int
  let height: Int
  /// Whether the file contains opacities, in its pixels or palette.
  let hasAlpha: Bool
  let hasPalette: Bool
  /// The red, green, and blue of every pixel.
  let pixels: [UInt8]
  /// The opacity of every pixel.
  let alphas: [UInt8]

  /// Reads a PNG file with libpng's simplified interface.
  init(_ file: [UInt8]) throws {
    var (width, height, form): (UInt32, UInt32, UInt32) = (0, 0, 0)
    try #require(cpng_reader_size(file, file.count, &width, &height, &form) == 0)
    var rgba = [UInt8](repeating: 0, count: Int(width) * Int(height) * 4)
    try #require(cpng_reader_pixels(file, file.count, &rgba) == 0)
    (self.width, self.height) = (Int(width), Int(height))
    (hasAlpha, hasPalette) = (form & 1 != 0, form & 8 != 0)
    pixels = rgba.indices.filter { $0 % 4 != 3 }.map { rgba[$0] }
    alphas = stride(from: 3, to: rgba.count, by: 4).map { rgba[$0] }
  }

  /// Returns the red, green, and blue of a pixel.
  func color(_ x: Int, _ y: Int) -> [Int] {
    (0..<3).map { Int(pixels[3 * (y * width + x) + $0]) }
  }

  /// Returns the opacity of a pixel.
  func alpha(_ x: Int, _ y: Int) -> Int { Int(alphas[y * width + x]) }
}

extension Canvas {
  /// Returns the drawing after encoding and decoding.
  func decoded() throws -> Picture { try Picture(png().encode()) }

  /// Returns the area covered by black on white, in pixels.
  func inkedArea() throws -> Double {
    let picture = try decoded()
    return stride(from: 0, to: picture.pixels.count, by: 3)
      .reduce(0) { $0 + (255 - Double(picture.pixels[$1])) / 255 }
  }
}

/// Returns the names and contents of the chunks of a PNG file.
func chunks(of file: [UInt8]) -> [(name: String, data: [UInt8])] {
  var chunks: [(String, [UInt8])] = []
  var at = 8
  while at + 12 <= file.count {
    let length = file[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
    chunks.append((String(decoding: file[at + 4..<at + 8], as: UTF8.self), Array(file[at + 8..<at + 8 + length])))
    at += 12 + length
  }
  return chunks
}

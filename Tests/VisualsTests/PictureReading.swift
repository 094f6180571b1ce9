import CPNGReader
import GliaVisuals
import Testing

/// A decoded picture.
struct Picture {
  let width: Int
  let height: Int
  let pixels: [UInt8]

  /// Reads a PNG file with libpng's simplified interface.
  init(_ file: [UInt8]) throws {
    var (width, height): (UInt32, UInt32) = (0, 0)
    try #require(cpng_reader_size(file, file.count, &width, &height) == 0)
    var pixels = [UInt8](repeating: 0, count: Int(width) * Int(height) * 3)
    try #require(cpng_reader_pixels(file, file.count, &pixels) == 0)
    (self.width, self.height, self.pixels) = (Int(width), Int(height), pixels)
  }

  /// Red, green and blue of a pixel.
  func color(_ x: Int, _ y: Int) -> [Int] {
    (0..<3).map { Int(pixels[3 * (y * width + x) + $0]) }
  }
}

extension Canvas {
  /// The drawing after a trip through a file.
  func decoded() throws -> Picture { try Picture(png().encode()) }

  /// How much of the sheet black ink on white covers, in pixels.
  func inkedArea() throws -> Double {
    let picture = try decoded()
    return stride(from: 0, to: picture.pixels.count, by: 3)
      .reduce(0) { $0 + (255 - Double(picture.pixels[$1])) / 255 }
  }
}

/// The names and contents of the chunks of a PNG file.
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

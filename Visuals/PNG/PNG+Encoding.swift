import CPNG
import GliaCore

extension PNG {
  /// The pixel format of a file without a palette.
  enum Form: Hashable {
    /// Three bytes per pixel.
    case rgb
    /// Four bytes per pixel, the last of which is the opacity.
    case rgba
  }

  /// Returns the bytes of the PNG file. The same picture always gives the same bytes; no time is stored.
  ///
  /// A picture of at most 256 colors is stored with a palette if that makes the file smaller. `level` is the zlib
  /// compression level, from 0 (none) to 9 (smallest). Throws an error if a text entry can't be stored or if there
  /// isn't enough memory.
  public func encode(level: Int = 4) throws -> [UInt8] {
    let full = try encode(level: level, as: hasAlpha ? .rgba : .rgb)
    guard let palette = Palette(of: self) else { return full }
    let short = try encode(palette.indices, level: level, channels: 1, palette: palette.table)
    return short.count < full.count ? short : full
  }

  /// Returns the bytes of the file with its pixels in the given format.
  func encode(level: Int, as form: Form) throws -> [UInt8] {
    guard form == .rgba, !hasAlpha else {
      return try encode(pixels, level: level, channels: hasAlpha ? 4 : 3, palette: [])
    }
    var rgba: [UInt8] = []
    rgba.reserveCapacity(pixels.count / 3 * 4)
    for i in stride(from: 0, to: pixels.count, by: 3) {
      rgba += pixels[i..<i + 3]
      rgba.append(255)
    }
    return try encode(rgba, level: level, channels: 4, palette: [])
  }

  private func encode(_ bytes: [UInt8], level: Int, channels: Int32, palette: [UInt8]) throws -> [UInt8] {
    var entries: [CChar] = []
    for entry in text {
      try Self.check(entry)
      entries += entry.key.utf8CString
      entries += entry.value.utf8CString
    }
    let dots = dotsPerInch.isFinite ? min(max(dotsPerInch, 1), 100_000) : 144
    let picture = CPNGPicture(
      width: UInt32(width), height: UInt32(height), channels: channels, paletteCount: Int32(palette.count / 4),
      level: Int32(min(max(level, 0), 9)), dotsPerInch: dots)
    var output = CPNGOutput()
    let status = cpng_encode(picture, bytes, palette, entries, Int32(text.count), &output)
    guard status == 0 else {
      let message = withUnsafeBytes(of: output.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      throw GliaError("the picture cannot be encoded: \(message)", category: .output)
    }
    defer { cpng_free(&output) }
    return [UInt8](UnsafeBufferPointer(start: output.bytes, count: output.count))
  }

  private static func check(_ entry: Text) throws {
    let key = entry.key.utf8
    let isPrintable = key.allSatisfy { (32...126).contains($0) } && key.first != 32 && key.last != 32
    guard (1...79).contains(key.count), isPrintable, !entry.key.contains("  "), !entry.value.utf8.contains(0) else {
      throw GliaError(
        "the text entry '\(entry.key)' cannot be stored in a PNG file",
        expected:
          "a key of 1 to 79 printable ASCII characters without outer or double spaces, a value without zero bytes")
    }
  }
}

/// The colors of a picture with few colors, and the index of the color of each pixel.
struct Palette {
  /// The red, green, blue, and opacity of each color; translucent ones come first, as only their opacity is stored.
  let table: [UInt8]
  let indices: [UInt8]

  /// Returns `nil` for more than 256 colors.
  init?(of picture: PNG) {
    let channels = picture.hasAlpha ? 4 : 3
    var places: [UInt32: UInt8] = [:]
    var colors: [UInt32] = []
    var indices = [UInt8](repeating: 0, count: picture.pixels.count / channels)
    var previous: (color: UInt32, index: UInt8)?
    for i in indices.indices {
      let p = channels * i
      var color = UInt32(picture.pixels[p]) << 24 | UInt32(picture.pixels[p + 1]) << 16
      color |= UInt32(picture.pixels[p + 2]) << 8 | (channels == 4 ? UInt32(picture.pixels[p + 3]) : 255)
      if let previous, previous.color == color {
        indices[i] = previous.index
        continue
      }
      if places[color] == nil {
        guard colors.count < 256 else { return nil }
        places[color] = UInt8(colors.count)
        colors.append(color)
      }
      let index = places[color] ?? 0
      indices[i] = index
      previous = (color, index)
    }
    let order = colors.indices.sorted { (colors[$0] & 255 == 255 ? 1 : 0, $0) < (colors[$1] & 255 == 255 ? 1 : 0, $1) }
    var moved = [UInt8](repeating: 0, count: colors.count)
    for (place, index) in order.enumerated() { moved[index] = UInt8(place) }
    table = order.flatMap { index in [24, 16, 8, 0].map { UInt8(colors[index] >> $0 & 255) } }
    self.indices = indices.map { moved[Int($0)] }
  }
}

import CPNG
import GliaCore

/// A picture of 8-bit RGB pixels in the sRGB colour space, with what is said about it.
public struct PNG: Hashable, Sendable {
  /// A keyword with its text, stored in the file as `tEXt`, or as `iTXt` when it goes beyond ASCII.
  public struct Text: Hashable, Sendable {
    /// What it tells, such as `Title`, `Software` or `Seed`: 1 to 79 printable ASCII characters.
    public var key: String
    /// What is told.
    public var value: String

    /// An entry of `key` and `value`.
    public init(_ key: String, _ value: String) {
      self.key = key
      self.value = value
    }
  }

  /// The width in pixels.
  public let width: Int
  /// The height in pixels.
  public let height: Int
  /// Red, green and blue of every pixel, row by row from the top left.
  public let pixels: [UInt8]
  /// The entries written beside the pixels.
  public var text: [Text]
  /// The intended pixels per inch.
  public var dotsPerInch = 144.0

  /// A picture of `pixels`, which are 3 × `width` × `height` bytes.
  ///
  /// Throws when the size is refused by ``checkSize(width:height:)`` or the number of bytes is another.
  public init(width: Int, height: Int, pixels: [UInt8], text: [Text] = []) throws {
    try Self.checkSize(width: width, height: height)
    guard pixels.count == 3 * width * height else {
      throw GliaError(
        "\(pixels.count) bytes do not make a picture of \(width) × \(height) pixels",
        expected: "\(3 * width * height) bytes, three a pixel")
    }
    self.width = width
    self.height = height
    self.pixels = pixels
    self.text = text
  }

  /// Refuses a size that is not positive or takes more than 100 million pixels, before any memory is taken for it.
  public static func checkSize(width: Int, height: Int) throws {
    let (area, overflow) = width.multipliedReportingOverflow(by: height)
    guard width > 0, height > 0, !overflow, area <= 100_000_000 else {
      throw GliaError(
        "a picture of \(width) × \(height) pixels cannot be drawn",
        expected: "a width and a height of at least 1, and at most 100 million pixels together",
        remedy: "choose another size, such as 1280 × 960")
    }
  }

  /// The bytes of a PNG file. The same picture gives the same bytes; no time is stored.
  ///
  /// `level` is that of zlib, from 0 (stored) to 9 (smallest). Throws when a text entry cannot be stored or memory is short.
  public func encode(level: Int = 3) throws -> [UInt8] {
    var entries: [CChar] = []
    for entry in text {
      try Self.check(entry)
      entries += entry.key.utf8CString
      entries += entry.value.utf8CString
    }
    var output = CPNGOutput()
    let status = cpng_encode(
      pixels, UInt32(width), UInt32(height), Int32(min(max(level, 0), 9)), dotsPerInch, entries, Int32(text.count),
      &output)
    guard status == 0 else {
      let message = withUnsafeBytes(of: output.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      throw GliaError("the picture cannot be encoded: \(message)", category: .output)
    }
    defer { cpng_free(&output) }
    return [UInt8](UnsafeBufferPointer(start: output.bytes, count: output.count))
  }

  /// Writes the file whole or not at all.
  public func write(to path: String) throws {
    try AtomicFile.write(encode(), to: path)
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

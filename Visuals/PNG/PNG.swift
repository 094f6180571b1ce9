import GliaCore

/// A picture of 8-bit pixels in the sRGB color space, with what is said about it.
public struct PNG: Hashable, Sendable {
  /// A keyword with its text, stored in the file as `tEXt`, or as `iTXt` when it goes beyond ASCII.
  public struct Text: Hashable, Sendable {
    /// What it tells, such as `Title`, `Software` or `Seed`: 1 to 79 printable ASCII characters.
    public var key: String
    /// The text.
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
  /// Red, green and blue of every pixel, row by row from the top left; with `hasAlpha` its opacity, too.
  public let pixels: [UInt8]
  /// Whether a fourth byte of every pixel tells its opacity.
  public let hasAlpha: Bool
  /// The entries written beside the pixels.
  public var text: [Text]
  /// The intended pixels per inch.
  public var dotsPerInch = 144.0

  /// A picture of `pixels`, which are 3 × `width` × `height` bytes, or 4 × as many with `hasAlpha`.
  ///
  /// Throws when the size is refused by ``checkSize(width:height:)`` or the number of bytes is another.
  public init(width: Int, height: Int, pixels: [UInt8], hasAlpha: Bool = false, text: [Text] = []) throws {
    try Self.checkSize(width: width, height: height)
    let channels = hasAlpha ? 4 : 3
    guard pixels.count == channels * width * height else {
      throw GliaError(
        "\(pixels.count) bytes do not make a picture of \(width) × \(height) pixels",
        expected: "\(channels * width * height) bytes, \(hasAlpha ? "four" : "three") a pixel")
    }
    self.width = width
    self.height = height
    self.pixels = pixels
    self.hasAlpha = hasAlpha
    self.text = text
  }

  /// A picture of pixels with opacity, which is left out where all are opaque.
  init(width: Int, height: Int, rgba: [UInt8], text: [Text]) throws {
    guard stride(from: 3, to: rgba.count, by: 4).allSatisfy({ rgba[$0] == 255 }) else {
      try self.init(width: width, height: height, pixels: rgba, hasAlpha: true, text: text)
      return
    }
    let rgb = [UInt8](unsafeUninitializedCapacity: rgba.count / 4 * 3) { rgb, count in
      count = rgba.count / 4 * 3
      rgba.withUnsafeBufferPointer { rgba in
        var from = 0
        for to in stride(from: 0, to: count, by: 3) {
          rgb[to] = rgba[from]
          rgb[to + 1] = rgba[from + 1]
          rgb[to + 2] = rgba[from + 2]
          from += 4
        }
      }
    }
    try self.init(width: width, height: height, pixels: rgb, text: text)
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

  /// Writes the file whole or not at all.
  public func write(to path: String) throws {
    try AtomicFile.write(encode(), to: path)
  }
}

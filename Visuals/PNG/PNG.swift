import GliaCore

/// A picture of 8-bit pixels in the sRGB color space with text metadata.
public struct PNG: Hashable, Sendable {
  /// A keyword and its text, stored in the file as `tEXt`, or as `iTXt` if it isn't ASCII.
  public struct Text: Hashable, Sendable {
    /// The keyword, such as `Title`, `Software`, or `Seed`: 1 to 79 printable ASCII characters.
    public var key: String
    /// The text.
    public var value: String

    /// Creates an entry from a keyword and its text.
    public init(_ key: String, _ value: String) {
      self.key = key
      self.value = value
    }
  }

  /// The width in pixels.
  public let width: Int
  /// The height in pixels.
  public let height: Int
  /// The red, green, and blue of every pixel, row by row from the top left, followed by the opacity if `hasAlpha` is
  /// true.
  public let pixels: [UInt8]
  /// Whether every pixel has a fourth byte with its opacity.
  public let hasAlpha: Bool
  /// The text entries in the file.
  public var text: [Text]
  /// The intended resolution in pixels per inch.
  public var dotsPerInch = 144.0

  /// Creates a picture from `pixels`, which are 3 × `width` × `height` bytes, or 4 × `width` × `height` with
  /// `hasAlpha`.
  ///
  /// Throws an error when ``checkSize(width:height:)`` rejects the size or the number of bytes doesn't match it.
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

  /// Creates a picture from pixels with opacity, which is dropped if all pixels are opaque.
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

  /// Throws an error if a side is not positive or the picture exceeds 100 million pixels, before any memory is allocated.
  public static func checkSize(width: Int, height: Int) throws {
    let (area, overflow) = width.multipliedReportingOverflow(by: height)
    guard width > 0, height > 0, !overflow, area <= 100_000_000 else {
      throw GliaError(
        "a picture of \(width) × \(height) pixels cannot be drawn",
        expected: "a width and a height of at least 1, and at most 100 million pixels together",
        remedy: "choose another size, such as 1280 × 960")
    }
  }

  /// Writes the file atomically.
  public func write(to path: String) throws {
    try AtomicFile.write(encode(), to: path)
  }
}

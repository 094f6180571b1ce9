import RealModule

/// A color in sRGB with its opacity.
public struct Color: Hashable, Sendable {
  /// Red, from 0 to 255.
  public var red: UInt8
  /// Green, from 0 to 255.
  public var green: UInt8
  /// Blue, from 0 to 255.
  public var blue: UInt8
  /// The opacity, from 0 (transparent) to 1.
  public var alpha: Double

  /// Creates a color from a hexadecimal value such as `0xE69F00`.
  public init(_ hex: UInt32, alpha: Double = 1) {
    red = UInt8(hex >> 16 & 255)
    green = UInt8(hex >> 8 & 255)
    blue = UInt8(hex & 255)
    self.alpha = alpha
  }

  /// Returns the color with another opacity.
  public func opacity(_ alpha: Double) -> Color {
    var copy = self
    copy.alpha = alpha
    return copy
  }

  /// Returns the color at fraction `t` between this color and `other`, interpolated linearly in sRGB values.
  public func mixed(with other: Color, _ t: Double) -> Color {
    let t = t.isNaN ? 0 : min(max(t, 0), 1)
    func mix(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8((Double(a) + (Double(b) - Double(a)) * t).rounded()) }
    var copy = self
    copy.red = mix(red, other.red)
    copy.green = mix(green, other.green)
    copy.blue = mix(blue, other.blue)
    copy.alpha += (other.alpha - alpha) * t
    return copy
  }

  /// The relative luminance (ITU-R BT.709), from 0 for black to 1 for white.
  private var brightness: Double {
    0.2126 * Self.light[Int(red)] + 0.7152 * Self.light[Int(green)] + 0.0722 * Self.light[Int(blue)]
  }

  /// Returns the contrast ratio of two colors, from 1 to 21 (WCAG 2); text needs 4.5, lines and marks 3.
  public func contrast(with other: Color) -> Double {
    let (a, b) = (brightness, other.brightness)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  /// The color for large text on this color: the brighter of two where it is legible, so that shades of similar depth
  /// get the same one, and the one with more contrast otherwise.
  func contrasting(_ first: Color, _ second: Color) -> Color {
    let black = Color(0x000000)
    let (dark, bright) = black.contrast(with: first) < black.contrast(with: second) ? (first, second) : (second, first)
    return contrast(with: bright) >= 3 || contrast(with: bright) >= contrast(with: dark) ? bright : dark
  }

  /// The linear light of each sRGB value (IEC 61966-2-1).
  private static let light: [Double] = (0...255).map { number in
    let v = Double(number) / 255
    return v <= 0.04045 ? v / 12.92 : Double.pow((v + 0.055) / 1.055, 2.4)
  }

  /// The color as the four bytes of a pixel in memory.
  var bytes: UInt32 {
    let opacity = UInt32(((alpha.isNaN ? 0 : min(max(alpha, 0), 1)) * 255).rounded())
    return UInt32(littleEndian: UInt32(red) | UInt32(green) << 8 | UInt32(blue) << 16 | opacity << 24)
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A colour in sRGB with its opacity.
public struct Color: Hashable, Sendable {
  /// Red, from 0 to 255.
  public var red: UInt8
  /// Green, from 0 to 255.
  public var green: UInt8
  /// Blue, from 0 to 255.
  public var blue: UInt8
  /// The opacity, from 0 (unseen) to 1.
  public var alpha: Double

  /// The colour written as in `0xE69F00`.
  public init(_ hex: UInt32, alpha: Double = 1) {
    red = UInt8(hex >> 16 & 255)
    green = UInt8(hex >> 8 & 255)
    blue = UInt8(hex & 255)
    self.alpha = alpha
  }

  /// The same colour with another opacity.
  public func opacity(_ alpha: Double) -> Color {
    var copy = self
    copy.alpha = alpha
    return copy
  }

  /// The colour that lies the part `t` of the way to `other`, in equal steps of the sRGB numbers.
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

  /// The colour that lies the part `t` of the way to `other` as light mixes: an even mix of black and white sends half of the
  /// light of white. Colours count by their opacity.
  public func mixedInLight(with other: Color, _ t: Double) -> Color {
    let t = t.isNaN ? 0 : min(max(t, 0), 1)
    let (own, others) = (usableAlpha * (1 - t), other.usableAlpha * t)
    let alpha = own + others
    guard alpha > 0 else { return opacity(0) }
    func mix(_ a: UInt8, _ b: UInt8) -> UInt8 {
      Self.encoded((Self.light[Int(a)] * own + Self.light[Int(b)] * others) / alpha)
    }
    var copy = opacity(alpha)
    copy.red = mix(red, other.red)
    copy.green = mix(green, other.green)
    copy.blue = mix(blue, other.blue)
    return copy
  }

  /// The light as the eye weighs it (ITU-R BT.709), from 0 to 1 for white.
  private var brightness: Double {
    0.2126 * Self.light[Int(red)] + 0.7152 * Self.light[Int(green)] + 0.0722 * Self.light[Int(blue)]
  }

  /// How far two colours differ in brightness, from 1 to 21 (WCAG 2); text needs 4.5, lines and marks 3.
  public func contrast(with other: Color) -> Double {
    let (a, b) = (brightness, other.brightness)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  private var usableAlpha: Double { alpha.isNaN ? 0 : min(max(alpha, 0), 1) }

  /// The light that each sRGB number stands for (IEC 61966-2-1).
  private static let light: [Double] = (0...255).map { number in
    let v = Double(number) / 255
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4)
  }

  private static func encoded(_ light: Double) -> UInt8 {
    let v = light <= 0.0031308 ? light * 12.92 : 1.055 * pow(light, 1 / 2.4) - 0.055
    return UInt8((min(max(v, 0), 1) * 255).rounded())
  }

  /// The four bytes of a pixel in memory.
  var bytes: UInt32 {
    let opacity = UInt32((usableAlpha * 255).rounded())
    return UInt32(littleEndian: UInt32(red) | UInt32(green) << 8 | UInt32(blue) << 16 | opacity << 24)
  }
}

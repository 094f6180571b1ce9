import RealModule

/// Formats numbers for display.
enum NumberText {
  /// Returns `value` with exactly `decimals` digits after the decimal point and a typographic minus sign.
  static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "−∞" : "∞" }
    let scaled = (abs(value) * Double.pow(10, Double(decimals))).rounded()
    guard scaled < 9e15 else { return scientific(value, digits: 4) }
    var digits = String(Int(scaled))
    if decimals > 0 {
      digits = String(repeating: "0", count: max(decimals + 1 - digits.count, 0)) + digits
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
    }
    return value < 0 && scaled > 0 ? "−" + digits : digits
  }

  /// Returns `value` with `digits` significant digits, in scientific notation if it is very large or small.
  static func short(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite, value != 0 else { return fixed(value, decimals: 0) }
    let exponent = exponent(of: value, digits: digits)
    return (-4..<6).contains(exponent)
      ? fixed(value, decimals: max(0, digits - 1 - exponent)) : scientific(value, digits: digits)
  }

  /// Returns all digits of `value` except those that result from rounding to a double.
  static func digits(_ value: Double) -> String {
    if abs(value) < 1e15 && value == value.rounded() { return fixed(value, decimals: 0) }
    return plain(value, digits: abs(value) < 1e15 ? 12 : 8)
  }

  /// Returns `value` with up to `digits` significant digits, without trailing zeros.
  static func plain(_ value: Double, digits: Int) -> String {
    short(value, digits: digits).trimmingZeros
  }

  /// Returns a number with one significant digit, such as `0.05`, `20`, or `2×10⁻⁷`.
  static func step(_ value: Double) -> String {
    let exponent = exponent(of: value)
    if (-4..<6).contains(exponent) { return fixed(value, decimals: max(0, -exponent)) }
    let digit = fixed(value / power(exponent), decimals: 0)
    return digit == "1" ? powerOfTen(exponent) : "\(digit)×\(powerOfTen(exponent))"
  }

  /// Returns the exponent of the largest power of ten that is not above `value`.
  static func exponent(of value: Double) -> Int {
    value == 0 || !value.isFinite ? 0 : Int((Double.log10(abs(value)) + 1e-12).rounded(.down))
  }

  /// Returns the exponent of `value` after rounding to `digits` significant digits: with two digits, 9.99 has that of
  /// 10.
  private static func exponent(of value: Double, digits: Int) -> Int {
    let exponent = exponent(of: value)
    let mantissa = abs(mantissa(of: value, exponent)) * power(digits - 1)
    return mantissa.rounded() < power(digits) ? exponent : exponent + 1
  }

  private static func mantissa(of value: Double, _ exponent: Int) -> Double {
    // Dividing in two steps keeps the powers finite for the smallest numbers.
    exponent < -300 ? value * 1e300 / power(exponent + 300) : value / power(exponent)
  }

  /// Returns 10 to the power of `exponent`.
  static func power(_ exponent: Int) -> Double { Double.pow(10, Double(exponent)) }

  /// Returns a power of ten such as `10⁻³`.
  static func powerOfTen(_ exponent: Int) -> String {
    let raised = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return "10" + String(String(exponent).map { $0.wholeNumberValue.map { raised[$0] } ?? "⁻" })
  }

  private static func scientific(_ value: Double, digits: Int) -> String {
    let exponent = exponent(of: value, digits: digits)
    return fixed(mantissa(of: value, exponent), decimals: digits - 1) + "×" + powerOfTen(exponent)
  }

  /// Returns a fraction as a percentage, such as `92.1 %`.
  static func percent(_ part: Double, decimals: Int = 1) -> String {
    part.isFinite ? fixed(100 * part, decimals: decimals) + " %" : "—"
  }

  /// Returns a number as it is written in code; whole numbers have no decimal point.
  static func plain(_ value: Float) -> String {
    let digits = Int(exactly: value.magnitude).map { "\($0)" } ?? "\(value.magnitude)"
    return value < 0 ? "−" + digits : digits
  }

  /// Returns a whole number with commas between groups of thousands.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    let groups = stride(from: digits.count % 3 - 3, to: digits.count, by: 3).map { start in
      String(digits[max(start, 0)..<start + 3])
    }
    return (number < 0 ? "−" : "") + groups.filter { !$0.isEmpty }.joined(separator: ",")
  }

  /// Returns a count with its noun, such as `1 sample` or `1,200 samples`.
  static func count(_ count: Int, _ name: String, _ names: String? = nil) -> String {
    "\(grouped(count)) \(count == 1 ? name : names ?? name + "s")"
  }

  /// Returns the bound of an interval, which may be infinite.
  static func bound(_ value: Double) -> String {
    value.isFinite ? plain(value, digits: 2) : value < 0 ? "−∞" : "∞"
  }
}

extension String {
  /// The number without trailing zeros in its decimals.
  var trimmingZeros: String {
    let parts = split(separator: "×", maxSplits: 1)
    guard let number = parts.first, number.contains(".") else { return self }
    let trimmed = String(number.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
    guard parts.count == 2 else { return trimmed }
    // One times a power of ten is shown as that power.
    return trimmed.hasSuffix("1") && trimmed.count < 3
      ? String(trimmed.dropLast()) + parts[1] : "\(trimmed)×\(parts[1])"
  }
}

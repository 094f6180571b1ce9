/// The exact value of a decimal number of any length: 1, 1.0 and 1e0 are equal, 100000001 and 100000002 are not.
struct DecimalValue: Hashable, Sendable {
  private let isNegative: Bool
  /// The digits without leading and trailing zeros; empty for 0.
  private let digits: [UInt8]
  /// The value is 0.digits × 10^exponent.
  private let exponent: Int

  /// Parses a number with sign, digits, decimal point and exponent; nil for any other text.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    var position = 0
    func at(_ characters: StaticString) -> Bool {
      position < bytes.count && characters.withUTF8Buffer { $0.contains(bytes[position]) }
    }
    let isNegative = at("-")
    if at("+-") { position += 1 }
    var (digits, count, point) = ([UInt8](), 0, Int?.none)
    while at("0123456789.") {
      if at(".") {
        guard point == nil else { return nil }
        point = count
      } else {
        digits.append(bytes[position])
        count += 1
      }
      position += 1
    }
    guard count > 0 else { return nil }
    var exponent = 0
    if at("eE") {
      position += 1
      let isDown = at("-")
      if at("+-") { position += 1 }
      guard position < bytes.count else { return nil }
      while at("0123456789") {
        // No number in practice has a larger exponent.
        exponent = min(10 * exponent + Int(bytes[position] - UInt8(ascii: "0")), 1_000_000_000)
        position += 1
      }
      if isDown { exponent.negate() }
    }
    guard position == bytes.count else { return nil }
    let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
    let end = digits.lastIndex { $0 != UInt8(ascii: "0") }.map { $0 + 1 } ?? zeros
    self.digits = Array(digits[zeros..<end])
    self.exponent = self.digits.isEmpty ? 0 : exponent + (point ?? count) - zeros
    self.isNegative = isNegative && !self.digits.isEmpty
  }
}

extension DecimalValue: Comparable {
  static func < (a: DecimalValue, b: DecimalValue) -> Bool {
    guard a.isNegative == b.isNegative else { return a.isNegative }
    return a.isNegative ? b.isSmaller(than: a) : a.isSmaller(than: b)
  }

  /// Returns whether the magnitude is smaller.
  private func isSmaller(than other: DecimalValue) -> Bool {
    if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
    if exponent != other.exponent { return exponent < other.exponent }
    return digits.lexicographicallyPrecedes(other.digits)
  }
}

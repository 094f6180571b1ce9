/// Decimal numbers as they stand in files.
extension Float {
  /// The finite number nearest to decimal digits, with sign, point and exponent, if they are all there is in `range`.
  ///
  /// `Float(String)` takes `nan`, `infinity` and hexadecimal digits, too, and is several times slower.
  init?(decimal bytes: [UInt8], in range: Range<Int>) {
    let end = range.upperBound
    var position = range.lowerBound
    func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") }
    func digit(_ byte: UInt8) -> UInt8? { byte &- UInt8(ascii: "0") < 10 ? byte &- UInt8(ascii: "0") : nil }

    let isNegative = position < end && bytes[position] == UInt8(ascii: "-")
    if position < end, isSign(bytes[position]) { position += 1 }
    var (digits, count, decimals, point) = (UInt64(0), 0, 0, false)
    var isExact = true
    while position < end {
      if let digit = digit(bytes[position]) {
        // More would leave the 53 bits of a double.
        if digits < 900_000_000_000_000 { digits = 10 * digits + UInt64(digit) } else { isExact = false }
        count += 1
        if point { decimals += 1 }
      } else if bytes[position] == UInt8(ascii: "."), !point {
        point = true
      } else {
        break
      }
      position += 1
    }
    guard count > 0 else { return nil }

    var exponent = 0
    if position < end, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      let isDown = position < end && bytes[position] == UInt8(ascii: "-")
      if position < end, isSign(bytes[position]) { position += 1 }
      guard position < end else { return nil }
      while position < end, let digit = digit(bytes[position]) {
        exponent = min(10 * exponent + Int(digit), 100_000)
        position += 1
      }
      if isDown { exponent.negate() }
    }
    guard position == end else { return nil }

    let power = exponent - decimals
    if isExact, abs(power) < Self.powersOfTen.count {
      let scale = Self.powersOfTen[abs(power)]
      let number = power < 0 ? Double(digits) / scale : Double(digits) * scale
      // Both factors are exact, so the double is the nearest one; rounding it again is right but midway between floats.
      let isMidway = number.bitPattern & 0x1FFF_FFFF == 0x1000_0000
      if digits == 0 || !isMidway && number >= 1.2e-38 && number <= 3.4e38 {
        self = Float(isNegative ? -number : number)
        return
      }
    }
    guard let number = Float(String(decoding: bytes[range], as: UTF8.self)), number.isFinite else { return nil }
    self = number
  }

  /// Those that a double holds exactly.
  private static let powersOfTen: [Double] = (0...22).map { (0..<$0).reduce(1.0) { power, _ in power * 10 } }
}

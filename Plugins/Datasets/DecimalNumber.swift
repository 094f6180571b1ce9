/// Parsing of decimal numbers in files.
extension Double {
  /// Parses the bytes in `range` as a decimal number with optional sign, point, and exponent, rounded to the nearest double;
  /// nil if they are anything else or not finite.
  ///
  /// `Double(String)` also accepts `nan`, `infinity`, and hexadecimal digits, and is several times slower.
  init?(decimal bytes: [UInt8], in range: Range<Int>, point pointByte: UInt8 = UInt8(ascii: ".")) {
    let end = range.upperBound
    var position = range.lowerBound
    func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") }
    func digit(_ byte: UInt8) -> UInt8? { byte &- UInt8(ascii: "0") < 10 ? byte &- UInt8(ascii: "0") : nil }

    let isNegative = position < end && bytes[position] == UInt8(ascii: "-")
    if position < end, isSign(bytes[position]) { position += 1 }
    var (digits, count, decimals, point) = (UInt64(0), 0, 0, Int?.none)
    var isExact = true
    while position < end {
      if let digit = digit(bytes[position]) {
        // More digits would exceed the 53-bit significand of a double.
        if digits < 900_000_000_000_000 { digits = 10 * digits + UInt64(digit) } else { isExact = false }
        count += 1
        if point != nil { decimals += 1 }
      } else if bytes[position] == pointByte, point == nil {
        point = position
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
    if isExact, digits == 0 || abs(power) < Self.powersOfTen.count {
      let scale = digits == 0 ? 1 : Self.powersOfTen[abs(power)]
      // Both operands are exact, so the result is correctly rounded.
      let number = power < 0 ? Double(digits) / scale : Double(digits) * scale
      self = isNegative ? -number : number
      return
    }
    var text = bytes[range]
    if let point { text[point] = UInt8(ascii: ".") }
    guard let number = Double(String(decoding: text, as: UTF8.self)), number.isFinite else { return nil }
    self = number
  }

  /// Parses a text as a finite decimal number.
  init?(decimal text: String, point: UInt8 = UInt8(ascii: ".")) {
    let bytes = Array(text.utf8)
    self.init(decimal: bytes, in: bytes.indices, point: point)
  }

  /// The powers of ten that a double represents exactly.
  private static let powersOfTen: [Double] = (0...22).map { (0..<$0).reduce(1.0) { power, _ in power * 10 } }
}

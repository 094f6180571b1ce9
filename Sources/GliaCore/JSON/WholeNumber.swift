/// Parses whole numbers written as JSON numbers: `8`, `8.0` and `1e3` are whole, `4.5` is not.
enum WholeNumber {
  enum Failure: Error { case notWhole, outOfRange }

  /// Returns the exact value of a number's text, in time linear in its length whatever its exponent.
  static func parse<T: FixedWidthInteger>(_ text: String, as type: T.Type = T.self) throws(Failure) -> T {
    if let value = T(text) { return value }
    let parts = text.split(maxSplits: 1) { $0 == "e" || $0 == "E" }
    guard let halves = parts.first?.split(separator: ".", maxSplits: 1), let whole = halves.first else {
      throw .notWhole
    }
    let fraction = halves.dropFirst().first ?? ""
    var digits = (whole.drop { $0 == "-" } + fraction).drop { $0 == "0" }
    guard !digits.isEmpty else { return 0 }

    var scale = -fraction.utf8.count
    while digits.last == "0" {
      digits.removeLast()
      scale += 1
    }
    if let exponent = parts.dropFirst().first {
      let farAway = exponent.hasPrefix("-") ? Int.min : Int.max
      scale += min(max(Int(exponent) ?? farAway, -1 << 50), 1 << 50)
    }
    guard scale >= 0 else { throw .notWhole }
    // No integer type has more than 39 digits, so nothing longer needs to be expanded.
    guard digits.utf8.count + scale < 40,
      let value = T((text.hasPrefix("-") ? "-" : "") + digits + String(repeating: "0", count: scale))
    else { throw .outOfRange }
    return value
  }
}

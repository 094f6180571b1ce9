#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

// Readable numbers and counts for messages, tables and notes, all in the same format.

extension Double {
  /// The number with four significant digits: `0.1235`, `1.235e+06`, `nan`.
  public var brief: String {
    guard isFinite else { return isNaN ? "nan" : self < 0 ? "-inf" : "inf" }
    return formatted("%.4g")
  }

  /// Returns the value of a metric with its unit: a percentage with two decimals, or a factor if it is far above 1.
  public func brief(unit: String) -> String {
    guard isFinite else { return brief }
    guard unit == "%" else { return brief + (unit.isEmpty ? "" : " \(unit)") }
    return magnitude < 100 ? formatted("%.2f", times: 100) + " %" : "\(brief) ×"
  }

  /// The fraction as a percentage, such as `92.5 %`.
  public var percent: String { isFinite ? formatted("%.3g", times: 100) + " %" : brief }

  private func formatted(_ format: String, times factor: Double = 1) -> String {
    var text = [CChar](repeating: 0, count: 64)
    let length = withVaList([self * factor]) { vsnprintf(&text, text.count, format, $0) }
    return String(decoding: text.prefix(max(Int(length), 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension Int {
  /// The number with thousands separators: 1,234,567.
  public var grouped: String {
    let digits = "\(magnitude)"
    var text = ""
    for (i, digit) in digits.enumerated() {
      if i > 0, (digits.count - i) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (self < 0 ? "-" : "") + text
  }

  /// Returns the count with its noun: `1 epoch`, `1,000 epochs`, `2 classes`.
  public func counted(_ noun: String, plural: String? = nil) -> String {
    "\(grouped) \(self == 1 ? noun : plural ?? noun + "s")"
  }
}

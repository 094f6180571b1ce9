import GliaCore

/// Access to the cells of the current sample, as numbers or text.
extension CSVTable {
  /// The number in a cell, in percent for a percentage; nil unless it is a finite number in single precision.
  @inline(__always)
  func number(_ column: Int) -> Double? {
    guard let number = double(column), Float(number).isFinite else { return nil }
    return number
  }

  /// The float nearest to the number in a cell, whose nearest double is `number`.
  @inline(__always)
  func single(_ number: Double, _ column: Int) -> Float {
    // Double rounding is only wrong midway between floats, and near 0, where floats have fewer digits.
    let isMidway = number.bitPattern & 0x1FFF_FFFF == 0x1000_0000
    guard isMidway || number.magnitude < 1.2e-38 && number != 0 else { return Float(number) }
    return Float(Self.numeral(in: trimmed(column)).replacing(",", with: ".")) ?? Float(number)
  }

  /// The number in a cell; it may exceed the range of single precision.
  func double(_ column: Int) -> Double? {
    let range = reader.range(of: column)
    if let number = Double(decimal: reader.bytes, in: range, point: point) { return number }
    // Quoted cells keep their blanks.
    guard let first = range.first, let last = range.last,
      isBlank(first) || isBlank(last) || reader.bytes[last] == UInt8(ascii: "%")
    else { return nil }
    return Double(decimal: Self.numeral(in: trimmed(column)), point: point)
  }

  /// The text of a number without its percent sign.
  static func numeral(in text: String) -> String { text.hasSuffix("%") ? String(text.dropLast()).trimmed : text }

  /// Whether a cell is true or false; nil for anything else.
  func truth(_ column: Int) -> Bool? {
    let range = reader.range(of: column)
    guard range.count >= 2, range.count <= 7 else { return nil }
    return switch trimmed(column).lowercased() {
    case "true", "yes": true
    case "false", "no": false
    default: nil
    }
  }

  /// The value of a category, empty for an empty cell; nil for a number that is not finite.
  func category(_ column: Int) -> String? {
    let text = reader.text(column)
    let trimmed = text.trimmed
    if trimmed.isEmpty || trimmed.lowercased() == "nan" { return "" }
    return Double(trimmed).map(\.isFinite) ?? true ? text : nil
  }

  /// Whether a cell is a missing value.
  func isMissing(_ column: Int) -> Bool {
    let range = reader.range(of: column)
    if let first = range.first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= reader.bytes[first] { return false }
    let content = range.count(where: { !isBlank($0) })
    guard content <= 4, !range.contains(where: { UInt8(ascii: "0")...UInt8(ascii: "9") ~= reader.bytes[$0] }) else {
      return false
    }
    return CellKind.isMissing(trimmed(column))
  }

  /// The kind of a cell that does not contain a number.
  func kind(_ column: Int) -> CellKind {
    CellKind(of: reader.text(column), decimal: point == UInt8(ascii: ",") ? "," : ".")
  }

  /// The text of a cell without surrounding white space.
  func trimmed(_ column: Int) -> String { reader.text(column).trimmed }

  private func isBlank(_ position: Int) -> Bool {
    reader.bytes[position] == UInt8(ascii: " ") || reader.bytes[position] == UInt8(ascii: "\t")
  }
}

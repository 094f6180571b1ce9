import GliaCore

/// The cells of the sample at hand, as numbers or as text.
extension CSVTable {
  /// Whether a cell holds nothing but blanks.
  func isEmpty(_ column: Int) -> Bool {
    reader.bytes[reader.range(of: column)].allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }

  /// The number in a cell; throws for anything that is no finite number or that `isRight` refuses.
  func number(
    _ column: Int, _ expected: String = "a finite number in decimal digits, up to 3.4e38",
    isRight: (Float) -> Bool = { _ in true }
  ) throws -> Float {
    if let number = Float(decimal: reader.bytes, in: reader.range(of: column)), isRight(number) { return number }
    let text = text(of: column)
    // Blanks may stand within quotes.
    if let number = Float(decimal: text), isRight(number) { return number }
    let setting = text.isEmpty ? "\"missing\": \"mean\" or \"drop\"" : "\"categories\": [\"\(header[column].excerpt)\"]"
    throw failure(
      text, column, expected, remedy: "mend the cell, use \(setting), or put the column into \"ignore\"")
  }

  /// The text in a cell; throws if there are only blanks, or if it stands for no finite number (`nan`).
  func name(_ column: Int, remedy: String = "mend the cell, or remove the row") throws -> String {
    let trimmed = text(of: column)
    if !trimmed.isEmpty, Float(trimmed)?.isFinite ?? true { return reader.text(column) }
    throw failure(trimmed, column, "a finite number, or the name of a class", remedy: remedy)
  }

  /// The refusal of a cell of the sample at hand.
  func failure(_ text: String, _ column: Int, _ expected: String, remedy: String) -> GliaError {
    let what =
      text.isEmpty ? "an empty cell" : "the \(Float(text) == nil ? "text '\(text.excerpt)'" : "number \(text.excerpt)")"
    return GliaError(
      what, at: "\(reader.path):\(reader.line), column '\(header[column].excerpt)'", expected: expected, remedy: remedy)
  }

  private func text(of column: Int) -> String {
    let text = reader.text(column)
    guard let first = text.firstIndex(where: { !$0.isWhitespace }),
      let last = text.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(text[first...last])
  }
}

extension Float {
  /// The finite number that a text stands for in decimal digits.
  init?(decimal text: String) {
    let bytes = Array(text.utf8)
    self.init(decimal: bytes, in: bytes.indices)
  }
}

/// Comma-separated values as RFC 4180 writes them.
enum CSVText {
  /// A cell, in quotes where it needs them.
  static func quoted(_ cell: String) -> String {
    let needsQuotes =
      cell.unicodeScalars.contains { ",\"\n\r".unicodeScalars.contains($0) }
      || cell.first?.isWhitespace == true || cell.last?.isWhitespace == true
    return needsQuotes ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
  }
}

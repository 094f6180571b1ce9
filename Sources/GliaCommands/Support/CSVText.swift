/// Comma-separated values according to RFC 4180.
enum CSVText {
  /// A cell, quoted if necessary.
  static func quoted(_ cell: String) -> String {
    let needsQuotes =
      cell.unicodeScalars.contains { ",\"\n\r".unicodeScalars.contains($0) }
      || cell.first?.isWhitespace == true || cell.last?.isWhitespace == true
    return needsQuotes ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
  }
}

/// A table of text with aligned columns.
public struct TextTable: Sendable, CustomStringConvertible {
  /// The alignment of a column.
  public enum Alignment: Sendable {
    /// Flush left.
    case left
    /// Flush right, for numbers.
    case right
  }

  /// The column headings.
  public var header: [String]
  /// The alignment of each column; left by default.
  public var alignment: [Alignment]
  /// The rows; missing cells are empty, those beyond the header are ignored.
  public var rows: [[String]]

  /// Creates a table.
  public init(header: [String], alignment: [Alignment], rows: [[String]]) {
    self.header = header
    self.alignment = alignment
    self.rows = rows
  }

  /// The table with two spaces between columns and a rule below the header.
  public var description: String {
    func cell(_ row: [String], _ column: Int) -> String { row.indices ~= column ? row[column] : "" }
    let widths = header.indices.map { column in ([header] + rows).map { cell($0, column).count }.max() ?? 0 }
    func line(_ row: [String]) -> String {
      let padded = widths.indices.map { column in
        let text = cell(row, column)
        let blanks = String(repeating: " ", count: widths[column] - text.count)
        return alignment.indices ~= column && alignment[column] == .right ? blanks + text : text + blanks
      }
      var text = padded.joined(separator: "  ")
      while text.last == " " { text.removeLast() }
      return text
    }
    let rule = String(repeating: "─", count: max(widths.reduce(0, +) + 2 * (widths.count - 1), 0))
    return ([line(header), rule] + rows.map(line)).joined(separator: "\n")
  }
}

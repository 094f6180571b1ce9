/// A table of text with aligned columns.
public struct TextTable: Sendable, CustomStringConvertible {
  /// Where the text of a column stands.
  public enum Alignment: Sendable {
    /// Flush left.
    case left
    /// Flush right, as numbers are.
    case right
  }

  /// The heads of the columns.
  public var header: [String]
  /// How each column stands.
  public var alignment: [Alignment]
  /// The rows, each as long as the header.
  public var rows: [[String]]

  /// A table.
  public init(header: [String], alignment: [Alignment], rows: [[String]]) {
    self.header = header
    self.alignment = alignment
    self.rows = rows
  }

  /// The table, two spaces between columns, a rule below the header.
  public var description: String {
    let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, zip(widths, alignment)).map { cell, layout in
        let blanks = String(repeating: " ", count: layout.0 - cell.count)
        return layout.1 == .left ? cell + blanks : blanks + cell
      }
      var text = padded.joined(separator: "  ")
      while text.last == " " { text.removeLast() }
      return text
    }
    let rule = String(repeating: "─", count: widths.reduce(0, +) + 2 * (widths.count - 1))
    return ([line(header), rule] + rows.map(line)).joined(separator: "\n")
  }
}

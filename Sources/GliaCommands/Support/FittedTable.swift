import Foundation
import GliaCore

/// A column of a table for the terminal.
struct TableColumn {
  let header: String
  let cells: [String]
  var alignment = TextTable.Alignment.right
  /// How early the column is left out of a table that is too wide, the highest number first; nil for never.
  var omission: Int?
}

/// A table that fits the terminal: columns that are also in a file are left out if it would be too wide.
struct FittedTable {
  let table: TextTable
  /// The headings of the columns that were left out.
  let omitted: [String]

  /// The width of a screen without the margins of a result.
  static let width = 76

  init(_ columns: [TableColumn]) {
    var (kept, omitted): ([TableColumn], [TableColumn]) = (columns, [])
    func width(_ column: TableColumn) -> Int { ([column.header] + column.cells).map(\.count).max() ?? 0 }
    while kept.map(width).reduce(2 * (kept.count - 1), +) > Self.width,
      let next = kept.indices.filter({ kept[$0].omission != nil })
        .max(by: { kept[$0].omission ?? 0 < kept[$1].omission ?? 0 })
    {
      omitted.append(kept.remove(at: next))
    }
    self.omitted = omitted.map(\.header)
    table = TextTable(
      header: kept.map(\.header), alignment: kept.map(\.alignment),
      rows: (columns.first?.cells ?? []).indices.map { row in kept.map { $0.cells[row] } })
  }
}

extension String {
  /// The words in lines of at most `width` columns, with those after the first indented by `margin` spaces.
  func wrapped(to width: Int = FittedTable.width, separator: String = " ", margin: Int = 0) -> String {
    let words = components(separatedBy: separator)
    return words.wrapped(to: width - margin, separator: separator)
      .joined(separator: "\n" + String(repeating: " ", count: margin))
  }
}

import Foundation
import GliaCore

/// The features of the samples in a CSV file, in the order in which a model knows them.
struct FeatureRows {
  private var reader: CSVReader
  private let path: String
  private let header: [String]
  private let columns: [Int]
  private var isBlank = false

  /// Finds the columns `names` in the header of the file; empty `names` take all columns.
  init(path: String, names: [String], separator: UInt8) throws {
    self.path = path
    reader = try CSVReader(path: path, separator: separator)
    guard let header = try reader.next()?.cells, header.contains(where: { !$0.isEmpty }) else {
      throw GliaError(
        "there is no header", at: "\(path.excerpt):1", expected: "the names of the columns in the first line")
    }
    self.header = header
    if let repeated = header.indices.first(where: { header[..<$0].contains(header[$0]) }) {
      throw GliaError(
        "two columns are called '\(header[repeated].excerpt)'", at: "\(path.excerpt):1", expected: "names that differ",
        remedy: "rename one of them")
    }
    columns = try (names.isEmpty ? header : names).map { name in
      guard let index = header.firstIndex(of: name) else {
        throw GliaError(
          "no column '\(name.excerpt)', which the model learned from", at: "\(path.excerpt):1",
          expected: "the columns \(names.prefix(20).joined(separator: ", "))",
          remedy: Suggestion.nearest(to: name, among: header).map { "is it called '\($0.excerpt)' here? rename it" })
      }
      return index
    }
  }

  /// The next samples, at most `limit`; nil at the end.
  mutating func next(_ limit: Int) throws -> Tensor? {
    var values: [Float] = []
    var rows = 0
    while rows < limit, let row = try reader.next() {
      // Blank lines may stand at the end only.
      if row.cells == [""], header.count > 1 || columns.isEmpty {
        isBlank = true
        continue
      }
      guard row.cells.count == header.count, !isBlank else {
        throw GliaError(
          isBlank ? "a blank line before this row" : "a row of \(row.cells.count.counted("cell"))",
          at: "\(path.excerpt):\(row.line)", expected: "\(header.count.counted("cell")), as the header has",
          remedy: "mend the row; a cell with a separator needs quotes")
      }
      for column in columns { values.append(try number(row, column)) }
      rows += 1
    }
    return rows == 0 ? nil : try Tensor(shape: [rows, columns.count], values)
  }

  private func number(_ row: CSVReader.Row, _ column: Int) throws -> Float {
    let text = row.cells[column].trimmingCharacters(in: .whitespacesAndNewlines)
    // `Float` would take nan, infinity and hexadecimal digits, too.
    let isDecimal = text.utf8.allSatisfy { byte in
      switch Unicode.Scalar(byte) {
      case "0"..."9", "+", "-", ".", "e", "E": true
      default: false
      }
    }
    if isDecimal, let number = Float(text), number.isFinite { return number }
    throw GliaError(
      text.isEmpty ? "an empty cell" : "text '\(text.excerpt)'",
      at: "\(path.excerpt):\(row.line), column '\(header[column].excerpt)'", expected: "a finite number",
      remedy: "mend the cell, or remove the row")
  }
}

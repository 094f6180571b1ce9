import Foundation
import GliaCore

/// One sample of a CSV file: cells that are read as numbers or as text.
struct CSVRow {
  let table: CSVTable
  /// The line of the file that the row begins on.
  let line: Int
  let cells: [String]

  /// The number in a cell; throws for anything that is no finite number or that `isRight` refuses.
  func number(
    _ column: Int, _ expected: String = "a finite number in decimal digits, up to 3.4e38",
    isRight: (Float) -> Bool = { _ in true }
  ) throws -> Float {
    let text = cells[column].trimmed
    if let number = Self.number(text), isRight(number) { return number }
    throw failure(text, column, expected, remedy: "mend the cell, remove the row, or put the column into ignore")
  }

  /// The text in a cell without blanks around it; throws if there is none, or if it stands for no finite number (`nan`).
  func text(_ column: Int) throws -> String {
    let text = cells[column].trimmed
    if !text.isEmpty, Float(text)?.isFinite ?? true { return text }
    throw failure(text, column, "a finite number, or the name of a class", remedy: "mend the cell, or remove the row")
  }

  /// The finite number that a text stands for, in decimal digits.
  static func number(_ text: String) -> Float? {
    let isDecimal = text.utf8.allSatisfy { byte in
      switch Unicode.Scalar(byte) {
      case "0"..."9", "+", "-", ".", "e", "E": true
      default: false
      }
    }
    guard isDecimal, let number = Float(text), number.isFinite else { return nil }
    return number
  }

  private func failure(_ text: String, _ column: Int, _ expected: String, remedy: String) -> GliaError {
    let what =
      text.isEmpty ? "an empty cell" : "the \(Float(text) == nil ? "text '\(text.excerpt)'" : "number \(text.excerpt)")"
    return GliaError(what, at: table.place(of: column, line: line), expected: expected, remedy: remedy)
  }
}

extension String {
  /// The text without blanks at its ends.
  var trimmed: String {
    first?.isWhitespace == true || last?.isWhitespace == true ? trimmingCharacters(in: .whitespacesAndNewlines) : self
  }
}

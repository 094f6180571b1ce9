import GliaCore

/// The columns of a CSV file by name, and its rows, all as long as the header.
struct CSVTable {
  /// The names of the columns.
  let header: [String]
  private let file: CSVFile
  private let indices: [String: Int]

  /// Reads the header of a file; throws if there is none, or if columns have no name or the same one.
  init(path: String, separator: String) throws {
    file = try CSVFile(path: path, separator: separator.first ?? ",")
    header = file.header.map(\.trimmed)
    var indices: [String: Int] = [:]
    if header.allSatisfy(\.isEmpty) {
      throw GliaError(
        "there is no header", at: "\(file.path):1", expected: "the names of the columns in the first line",
        remedy: "add a header row, and samples below it")
    }
    for (index, name) in header.enumerated() {
      if name.isEmpty {
        throw GliaError(
          "column \(index + 1) has no name", at: "\(file.path):1",
          expected: "a name for each of \(header.count) columns",
          remedy: "add the name to the header")
      }
      if let first = indices.updateValue(index, forKey: name) {
        throw GliaError(
          "columns \(first + 1) and \(index + 1) are both called '\(name.excerpt)'", at: "\(file.path):1",
          expected: "names that differ", remedy: "rename one of them in the header")
      }
    }
    self.indices = indices
  }

  /// Where the named columns stand; throws for names that the header does not have.
  func columns(_ names: [String], as role: String) throws -> [Int] {
    let missing = names.filter { indices[$0] == nil }
    if let first = missing.first {
      let guess = missing.count == 1 ? Suggestion.nearest(to: first, among: header) : nil
      throw GliaError(
        "no column \(Self.list(missing.map { "'\($0.excerpt)'" })), wanted as \(role)", at: "\(file.path):1",
        expected: "one of \(Self.list(header.map(\.excerpt)))",
        remedy: guess.map { "did you mean '\($0.excerpt)'?" } ?? "change \(role), or add the column to the file")
    }
    return names.compactMap { indices[$0] }
  }

  /// The columns that have no other role; throws if there are none, or if a column has two roles.
  func columns(besides roles: [Int]...) throws -> [Int] {
    var taken = Set<Int>()
    for index in roles.joined() where !taken.insert(index).inserted {
      throw GliaError(
        "column '\(header[index].excerpt)' is named twice", at: "\(file.path):1",
        expected: "a column once among target, weight and ignore", remedy: "remove it from one of them")
    }
    let rest = header.indices.filter { !taken.contains($0) }
    if rest.isEmpty {
      throw GliaError(
        "no feature is left of \(header.count) columns", at: "\(file.path):1",
        expected: "at least one column that is no target, no weight and not ignored", remedy: "add a column of numbers")
    }
    return rest
  }

  /// Calls `body` with each sample and returns how many there are; throws if there are none, or if rows differ in length.
  func forEachRow(_ body: (CSVRow) throws -> Void) throws -> Int {
    var count = 0
    var blank: Int?
    try file.forEachRow { line, cells in
      if cells == [""] {
        blank = blank ?? line
        return
      }
      if let blank {
        throw GliaError(
          "a blank line between samples", at: "\(file.path):\(blank)", expected: "\(header.count) cells",
          remedy: "remove the line")
      }
      guard cells.count == header.count else {
        throw GliaError(
          "a row with \(cells.count) cell\(cells.count == 1 ? "" : "s")", at: "\(file.path):\(line)",
          expected: "\(header.count), as the header has", remedy: "mend the row; a cell with a separator needs quotes")
      }
      try body(CSVRow(table: self, line: line, cells: cells))
      count += 1
    }
    if count == 0 {
      throw GliaError(
        "there are no samples below the header", at: "\(file.path):2", expected: "at least one row of cells",
        remedy: "add samples")
    }
    return count
  }

  /// The place of a cell, for messages.
  func place(of column: Int, line: Int) -> String { "\(file.path):\(line), column '\(header[column].excerpt)'" }

  /// Refuses a separator that could stand in a number or that ends a line or opens a quote.
  static func require(separator: String) throws {
    if let character = separator.first, separator.count == 1, !character.isLetter, !character.isNumber,
      !character.isNewline, !"\"+-.".contains(character)
    {
      return
    }
    throw GliaError(
      "the separator is '\(separator.excerpt)'", at: "separator",
      expected: "one character that no number has, such as ',' ';' or '\\t'", remedy: "change separator")
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", … (\(names.count))" : "")
  }
}

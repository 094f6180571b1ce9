import GliaCore

/// The columns of a CSV file by name, and its samples one at a time, each as long as the header.
struct CSVTable {
  /// The column names.
  let header: [String]
  /// The reader, positioned at the current row.
  private(set) var reader: CSVReader
  /// The settings for reading the file.
  let source: CSV
  /// Whether the file is read for a trained model, whose settings cannot be changed.
  let isModels: Bool
  /// The decimal separator.
  let point: UInt8
  private let indices: [String: Int]
  private let wanted: [String]
  /// A separator that fits the file better than the given one, if any.
  private let betterSeparator: UInt8?
  private var isEmpty = true
  /// Whether the reader is already at the next sample: the first one of a file without a header.
  private var holdsRow = false
  /// Whether every line ends with a separator, so that its last cell, which has no name, is empty.
  private let endsWithSeparator: Bool
  /// Whether blank lines between samples are skipped, instead of being refused.
  var skipsBlankLines = false

  /// Reads the header of a file that should have the columns `wanted`; throws if there is no header, or if column names are
  /// empty or duplicate.
  ///
  /// The separator of the source is used as given, but for a trained model it is detected for each file.
  init(path: String, like source: CSV, wanted: [String], isModels: Bool, streams: Bool = false) throws {
    try source.validateFormat()
    (self.source, self.wanted, self.isModels) = (source, wanted, isModels)
    let point = source.decimal.utf8.first ?? UInt8(ascii: ".")
    self.point = point
    let own = source.separatorByte
    var better: UInt8?
    var reader = try CSVReader(path: path, streams: streams) { beginning in
      let beginning = CSVSeparator(beginning)
      let found = beginning.found(wanted: source.header ? wanted : [], own: own, point: point)
      guard !isModels, let own else { return found }
      guard source.header else { return own }
      if found != own, beginning.holds(wanted, by: found) { better = found }
      return own
    }
    betterSeparator = better
    let place = "\(reader.path):1"
    let first = try reader.next() && !reader.isBlank ? (0..<reader.count).map { reader.text($0) } : []
    endsWithSeparator = source.header && first.count > 1 && first.last == ""
    let header =
      source.header || first.isEmpty
      ? Array(first.dropLast(endsWithSeparator ? 1 : 0)) : first.indices.map { "column_\($0 + 1)" }
    holdsRow = !source.header && !first.isEmpty
    if header.allSatisfy(\.isEmpty) {
      throw GliaError(
        source.header ? "there is no header" : "there are no samples", at: place,
        expected: source.header ? "the names of the columns in the first line" : "at least one row of cells",
        remedy: source.header ? "add a header row, and samples below it" : "add samples")
    }
    var indices: [String: Int] = [:]
    for (index, name) in header.enumerated() {
      if name.isEmpty {
        throw GliaError(
          "column \(index + 1) has no name", at: place, expected: "a name for each of \(header.count) columns",
          remedy: "add the name to the header")
      }
      if let first = indices.updateValue(index, forKey: name) {
        throw GliaError(
          "columns \(first + 1) and \(index + 1) are both called '\(name.excerpt)'", at: place,
          expected: "different names",
          remedy: isModels
            ? "rename or remove one of them"
            : Double(name) != nil
              ? "if the first line is a sample, set \"header\": false; otherwise rename one of them in the header"
              : "rename one of them in the header; or remove the header row and set \"header\": false, which calls them "
                + "'column_\(first + 1)' and 'column_\(index + 1)'")
      }
    }
    (self.header, self.reader, self.indices) = (header, reader, indices)
  }

  /// Whether the header looks like the first sample of a file without a header: column names are rarely numbers, and then
  /// whole ones, as for pixels.
  var headerLooksLikeSample: Bool {
    guard source.header else { return false }
    let numbers = header.compactMap { Double($0) }
    return 2 * numbers.count >= header.count && numbers.contains { $0 != $0.rounded() }
  }

  /// Whether there is a column with the given name.
  func has(_ name: String) -> Bool { indices[name] != nil }

  /// The indices of the named columns; throws for names that are not in the header.
  func columns(_ names: [String], as role: String) throws -> [Int] {
    let missing = names.filter { indices[$0] == nil }
    if let first = missing.first {
      let free = Set(header).subtracting(wanted)
      let guess = missing.count == 1 ? Suggestion.nearest(to: first, among: header.filter(free.contains)) : nil
      let other = isModels ? "add the column to the file" : "change \(role), or add the column to the file"
      throw GliaError(
        "no column \(Self.list(missing.map { "'\($0.excerpt)'" })), needed as \(role)", at: "\(reader.path):1",
        expected: "one of \(Self.list(header.map(\.excerpt)))",
        remedy: betterSeparator.map { byte in
          let name = CSVSeparator.name(of: byte)
          return "its columns are separated by '\(name)': set \"separator\": \"\(name)\", or omit the setting"
        } ?? guess.map { "did you mean '\($0.excerpt)'?" }
          ?? (headerLooksLikeSample ? "the first line looks like a sample: add a header row before it" : other))
    }
    return names.compactMap { indices[$0] }
  }

  /// The columns without another role; throws if there are none, or if a column has two roles.
  func columns(besides roles: [Int]...) throws -> [Int] {
    var taken = Set<Int>()
    for index in roles.joined() where !taken.insert(index).inserted {
      throw GliaError(
        "column '\(header[index].excerpt)' is listed twice", at: "\(reader.path):1",
        expected: "each column at most once among target, weight and ignore", remedy: "remove it from one of the lists")
    }
    let rest = header.indices.filter { !taken.contains($0) }
    if rest.isEmpty {
      throw GliaError(
        "no feature column remains out of \(header.count)", at: "\(reader.path):1",
        expected: "at least one column that is neither a target nor the weight, and is not ignored",
        remedy: "add a column of numbers")
    }
    return rest
  }

  /// The names of the columns that `patterns` match, in which `*` stands for any characters; a name without a match stays.
  func matches(_ patterns: [String]) -> [String] {
    var seen = Set<String>()
    return patterns.flatMap { pattern in
      guard indices[pattern] == nil, pattern.contains("*") else { return [pattern] }
      let found = header.filter { $0.matches(wildcard: pattern) }
      return found.isEmpty ? [pattern] : found.filter { seen.insert($0).inserted }
    }
  }

  /// Advances to the next sample; returns false after the last one. Throws if there are no samples, or rows differ in length.
  mutating func next() throws -> Bool {
    guard try advance() else { return false }
    if let lengthError { throw lengthError }
    return true
  }

  /// The error of a sample that is longer or shorter than the header.
  var lengthError: GliaError? {
    let count = header.count + (endsWithSeparator ? 1 : 0)
    guard reader.count != count else { return nil }
    return GliaError(
      "a row with \(reader.count) cell\(reader.count == 1 ? "" : "s")", at: "\(reader.path):\(reader.line)",
      expected: "\(count), as in \(source.header ? "the header" : "the first row")",
      remedy: "fix the row; a cell that contains a separator needs quotes")
  }

  /// Advances to the next sample, whatever its length.
  mutating func advance() throws -> Bool {
    if holdsRow {
      (holdsRow, isEmpty) = (false, false)
      return true
    }
    var blank: Int?
    while try reader.next() {
      if reader.isBlank {
        guard !skipsBlankLines else { continue }
        blank = blank ?? reader.line
        continue
      }
      if let blank {
        throw GliaError(
          "a blank line between samples", at: "\(reader.path):\(blank)", expected: "\(header.count) cells",
          remedy: "remove the line")
      }
      isEmpty = false
      try checkUnnamedCell()
      return true
    }
    guard !isEmpty else { throw noSamples("there are no samples below the header") }
    return false
  }

  /// Throws if the cell after the last named column is not empty.
  private func checkUnnamedCell() throws {
    let column = header.count
    guard endsWithSeparator, reader.count > column, !reader.range(of: column).isEmpty else { return }
    throw GliaError(
      "column \(column + 1) has no name, but the value '\(reader.text(column).excerpt)'",
      at: "\(reader.path):\(reader.line)", expected: "a name for each column, or nothing after the last separator",
      remedy: "add the name to the header, or remove the value")
  }

  /// The error for a file without samples.
  func noSamples(_ what: String) -> GliaError {
    GliaError(what, at: "\(reader.path):2", expected: "at least one row of cells", remedy: "add samples")
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", … (\(names.count))" : "")
  }
}

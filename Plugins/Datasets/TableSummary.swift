import GliaCore

/// What a CSV file contains, column by column, without training on it.
///
/// The file is read in two passes, row by row, so it can be larger than memory. Rows that are longer or shorter than the
/// header are counted, but not otherwise read.
///
/// ```swift
/// let summary = try TableSummary(of: "iris.csv")
/// for column in summary.columns { print(column.name, column.kind, column.missing) }
/// print(summary.likelyTarget ?? "no likely target")
/// ```
public struct TableSummary: Sendable {
  /// What the cells of a column are.
  public enum Kind: String, Sendable {
    /// All cells are numbers.
    case number
    /// All cells are numbers, some with a percent sign.
    case percent
    /// All cells are true or false, or yes or no.
    case boolean
    /// All cells are dates that ``CSV/dates`` accepts.
    case date
    /// Text with few distinct values.
    case category
    /// Text with many distinct values.
    case text
    /// All cells are missing.
    case empty
  }

  /// A column of the table.
  public struct Column: Sendable {
    /// The name.
    public let name: String
    /// What the cells are.
    public let kind: Kind
    /// The number of missing cells.
    public let missing: Int
    /// The number of distinct values, up to ``TableSummary/mostValues``.
    public let distinct: Int
    /// The smallest and the largest number; nil unless the column is numeric.
    public let range: ClosedRange<Double>?
    /// The mean and the standard deviation of the numbers; nil unless the column is numeric.
    public let moments: (mean: Double, deviation: Double)?
    /// The number of cells in each of ten equal parts of ``range``; empty unless the column is numeric.
    public let histogram: [Int]
    /// The most frequent values with their counts, most frequent first; empty if there are too many distinct values.
    public let values: [(text: String, count: Int)]

    /// Whether the values are text that can be embedded: 21 to 1,000 distinct values, which occur ten times on average.
    public var suitsEmbedding: Bool {
      (kind == .category || kind == .text) && 21...TableSummary.mostValues ~= distinct
        && values.reduce(0) { $0 + $1.count } >= 10 * distinct
    }

    /// Whether the name and repeated values suggest that the column identifies groups of rows, such as the visits of a patient.
    public var identifiesGroups: Bool {
      let isNamedSo =
        name.lowercased() == "id" || ["_id", " id", "-id", "Id", "ID"].contains { name.hasSuffix($0) }
      return isNamedSo && distinct > 1 && values.reduce(0) { $0 + $1.count } >= 2 * distinct
    }

    /// The number of cells with a percent sign.
    let percentages: Int

    /// Whether the cells are numbers or percentages.
    public var isNumeric: Bool { kind == .number || kind == .percent }

    /// Whether the values are names of classes: categories, Booleans, two numbers, or up to ten numbers that occur three times
    /// on average.
    public var holdsClasses: Bool {
      guard isNumeric else { return kind == .category || kind == .boolean }
      return distinct == 2 || distinct <= 10 && values.reduce(0) { $0 + $1.count } >= 3 * distinct
    }
  }

  /// The maximum number of distinct values counted for a column.
  public static let mostValues = 1_000
  /// The number of rows.
  public let rows: Int
  /// The number of rows with fewer or more cells than the header, which are not counted in the columns.
  public let brokenRows: Int
  /// The columns, in order.
  public let columns: [Column]
  /// The separator, as written in JSON.
  public let separator: String
  /// The decimal separator: a comma if `source` has a point, but a column of numbers is written with commas.
  public let decimal: String
  private let hasDecimalCommas: Bool

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - source: How the file is written: its separator, decimal point, and whether it has a header.
  /// - Throws: `GliaError` for a file that cannot be read or has no samples.
  public init(of path: String, like source: CSV = CSV()) throws {
    let summary = try Self(counting: path, like: source)
    guard summary.hasDecimalCommas, source.decimal == ".", summary.separator != "," else {
      self = summary
      return
    }
    var other = source
    other.decimal = ","
    self = try Self(counting: path, like: other)
  }

  private init(counting path: String, like source: CSV) throws {
    var table = try CSVTable(path: path, like: source, wanted: [], isModels: false)
    var counters = table.header.map(Counter.init)
    var (rows, broken) = (0, 0)
    while try table.advance() {
      rows += 1
      guard table.lengthError == nil else {
        broken += 1
        continue
      }
      for column in counters.indices { counters[column].add(column, of: table) }
    }
    table = try CSVTable(path: path, like: source, wanted: [], isModels: false)
    while try table.advance() {
      guard table.lengthError == nil else { continue }
      for column in counters.indices { counters[column].addToHistogram(table.number(column)) }
    }
    (self.rows, brokenRows, decimal) = (rows, broken, source.decimal)
    hasDecimalCommas = counters.contains(where: \.hasDecimalCommas)
    separator = CSVSeparator.name(of: table.reader.separator)
    columns = counters.map { $0.summary(rows: rows - broken) }
  }

  /// The column that is most likely the target, by its name, or the last one with few values or numbers; nil if there is none.
  public var likelyTarget: String? {
    let names = ["target", "class", "label", "y", "outcome", "species", "diagnosis", "survived", "price", "quality"]
    let usable = columns.filter { $0.distinct > 1 && $0.kind != .text && $0.kind != .date && $0.missing == 0 }
    let byName = names.lazy.compactMap { name in usable.first { $0.name.lowercased() == name } }.first
    return (byName ?? usable.last { $0.holdsClasses } ?? usable.last)?.name
  }
}

/// Counts the cells of a column.
private struct Counter {
  let name: String
  private var missing = 0
  private var counts: [String: Int] = [:]
  private var (numbers, percentages, truths, dates) = (0, 0, 0, 0)
  private var (decimalCommas, filled) = (0, 0)
  private var (least, most) = (Double.infinity, -Double.infinity)
  /// The running mean, and the sum of squared deviations from it (Welford, 1962).
  private var (mean, squares) = (0.0, 0.0)
  private var bins: [Int]

  private static let binCount = 10

  init(_ name: String) {
    self.name = name
    bins = [Int](repeating: 0, count: Self.binCount)
  }

  mutating func add(_ column: Int, of table: CSVTable) {
    guard !table.isMissing(column) else {
      missing += 1
      return
    }
    let text = table.trimmed(column)
    filled += 1
    if counts[text] != nil || counts.count <= TableSummary.mostValues { counts[text, default: 0] += 1 }
    if let number = table.number(column) {
      numbers += 1
      if text.hasSuffix("%") { percentages += 1 }
      (least, most) = (min(least, number), max(most, number))
      let distance = number - mean
      mean += distance / Double(numbers)
      squares += distance * (number - mean)
    } else if table.truth(column) != nil {
      truths += 1
    } else if CSVDate(table.trimmed(column)) != nil {
      dates += 1
    } else if table.kind(column) == .decimalComma {
      decimalCommas += 1
    }
  }

  /// Whether all cells are numbers, some with a decimal comma.
  var hasDecimalCommas: Bool { decimalCommas > 0 && decimalCommas + numbers == filled }

  mutating func addToHistogram(_ number: Double?) {
    guard let number, most > least else { return }
    let place = (number - least) / (most - least) * Double(Self.binCount)
    bins[min(max(Int(place), 0), Self.binCount - 1)] += 1
  }

  func summary(rows: Int) -> TableSummary.Column {
    let filled = rows - missing
    let isNumeric = filled > 0 && numbers == filled
    let kind: TableSummary.Kind =
      filled == 0
      ? .empty
      : isNumeric
        ? percentages > 0 ? .percent : .number
        : truths == filled
          ? .boolean : dates == filled ? .date : counts.count <= max(20, min(filled / 10, 100)) ? .category : .text
    let ordered = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let listsValues = counts.count <= TableSummary.mostValues
    return TableSummary.Column(
      name: name, kind: kind, missing: missing, distinct: counts.count, range: isNumeric ? least...most : nil,
      moments: isNumeric ? (mean, (squares / Double(max(filled, 1))).squareRoot()) : nil,
      histogram: isNumeric ? bins : [],
      values: listsValues ? ordered.map { ($0.key, $0.value) } : [], percentages: percentages)
  }
}

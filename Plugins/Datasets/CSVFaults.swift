import GliaCore

/// The invalid cells of a file, collected over all rows, so that a single message can describe all of them.
struct CSVFaults {
  /// The role of a column.
  enum Role {
    case feature
    /// A category, with the values known to a model.
    case category(known: [String]?)
    /// A date, of which parts are features.
    case date
    case target
    case weight
    /// A column by which a split groups or orders the samples.
    case key

    /// Whether a split needs the column.
    var isKey: Bool { if case .key = self { true } else { false } }
  }

  /// Cells of one column that are invalid in the same way.
  struct Fault {
    let column: String
    let role: Role
    let kind: CellKind
    /// A description of the first such cell.
    let what: String
    let text: String
    let line: Int
    var count = 1
    /// The distinct texts, up to a limit.
    var texts: Set<String> = []
  }

  private(set) var faults: [Fault] = []
  /// The number of samples read.
  private(set) var rows = 0
  private var places: [Key: Int] = [:]
  /// The ignored values of each category: how many, and the first one.
  private var ignored: [String: (count: Int, first: String)] = [:]

  private struct Key: Hashable {
    let column: Int
    let kind: CellKind
  }

  /// The maximum number of distinct texts to count.
  static let mostTexts = 1_000

  var isEmpty: Bool { faults.isEmpty }

  /// Records the cell of the current sample as invalid.
  mutating func add(_ column: Int, of table: CSVTable, as role: Role, kind: CellKind, what: String? = nil) {
    let text = table.trimmed(column)
    let key = Key(column: column, kind: kind)
    let place = places[key] ?? faults.count
    if place == faults.count {
      places[key] = place
      faults.append(
        Fault(
          column: table.header[column], role: role, kind: kind, what: what ?? kind.telling(of: text), text: text,
          line: table.reader.line))
    } else {
      faults[place].count += 1
    }
    if faults[place].texts.count <= Self.mostTexts { faults[place].texts.insert(text) }
  }

  /// Counts a value of a category that is unknown and ignored.
  mutating func ignore(_ column: Int, of table: CSVTable) {
    ignored[table.header[column], default: (0, table.trimmed(column))].count += 1
  }

  /// Adds the ignored values that `other` counted.
  mutating func addIgnored(_ other: CSVFaults) {
    ignored.merge(other.ignored) { ($0.count + $1.count, $0.first) }
  }

  /// A note such as `2 values of 'Port' are not in the training data, such as 'Q'`; nil if no value was ignored.
  var ignoredNote: String? {
    guard !ignored.isEmpty else { return nil }
    return ignored.sorted { $0.key < $1.key }.map { name, values in
      "\(values.count.counted("value")) of '\(name.excerpt)' \(values.count == 1 ? "is" : "are") not in the training data, "
        + "such as '\(values.first.excerpt)'"
    }.joined(separator: "; ")
  }

  /// Forgets the invalid cells, but not the number of samples and the ignored values.
  mutating func forgetInvalidCells() { (faults, places) = ([], [:]) }

  /// Counts a sample.
  mutating func endRow() { rows += 1 }

  /// Records a fault that is only known after the last row.
  mutating func add(_ fault: Fault) { faults.append(fault) }
}

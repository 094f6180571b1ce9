import GliaCore

/// The cells of a file that do not fit their columns, collected over its rows, so that one message tells of all of them.
struct CSVFaults {
  /// What a column is for.
  enum Role {
    case feature
    /// A category, and the values that a model knows of it.
    case category(known: [String]?)
    case target
    case weight
  }

  /// Cells of one column that look alike.
  struct Fault {
    let column: String
    let role: Role
    let kind: CellKind
    /// What the first of them is, and where.
    let what: String
    let text: String
    let line: Int
    var count = 1
    /// The different texts, as far as they are counted.
    var texts: Set<String> = []
  }

  private(set) var faults: [Fault] = []
  /// Samples that were read.
  private(set) var rows = 0
  private var places: [Key: Int] = [:]

  private struct Key: Hashable {
    let column: Int
    let kind: CellKind
  }

  /// More texts than this are not counted.
  static let mostTexts = 1_000

  var isEmpty: Bool { faults.isEmpty }

  /// Takes the cell at hand for one that does not fit.
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

  /// Counts a sample.
  mutating func endRow() { rows += 1 }

  /// Takes note of a fault that shows only in the end.
  mutating func add(_ fault: Fault) { faults.append(fault) }
}

import GliaCore

/// Which columns of a CSV file become which features: a number as it stands, a category as one 0 or 1 for each value.
///
/// The feature for a value is called `column=value`, so that the names of the features are all that a model has to keep.
struct CSVFeatures {
  private enum Feature {
    case number(column: Int)
    case value
  }

  private let features: [Feature]
  /// The columns of the categories, and which feature stands for which value.
  private let categories: [(column: Int, places: [String: Int])]
  private let missing: CSV.Missing?

  /// Finds the columns of the features `names` in `table`.
  init(_ names: [String], of table: CSVTable, categories known: [String], missing: CSV.Missing?) throws {
    self.missing = missing
    let prefixes = known.map { "\($0)=" }
    var places: [String: [String: Int]] = [:]
    let columns = names.enumerated().map { place, name in
      guard let category = prefixes.firstIndex(where: { name.hasPrefix($0) }) else { return name }
      places[known[category], default: [:]][String(name.dropFirst(prefixes[category].count))] = place
      return known[category]
    }
    var unique = Set<String>()
    let wanted = columns.filter { unique.insert($0).inserted }
    let indices = try table.columns(wanted, as: "feature")
    let found = Dictionary(zip(wanted, indices), uniquingKeysWith: { first, _ in first })
    features = columns.map { name in places[name] == nil ? found[name].map { .number(column: $0) } ?? .value : .value }
    categories = places.compactMap { name, places in found[name].map { ($0, places) } }.sorted { $0.column < $1.column }
  }

  /// How many features a sample has.
  var count: Int { features.count }

  /// Whether the sample at hand is left out, because a feature misses.
  func drops(_ table: CSVTable) -> Bool {
    guard missing == .drop else { return false }
    return categories.contains { table.isEmpty($0.column) }
      || features.contains { if case .number(let column) = $0 { table.isEmpty(column) } else { false } }
  }

  /// Appends the features of the sample at hand; a number that misses is not a number.
  func append(_ table: CSVTable, to values: inout [Float]) throws {
    let start = values.count
    for feature in features {
      switch feature {
      case .value: values.append(0)
      case .number(let column):
        values.append(missing == .mean && table.isEmpty(column) ? .nan : try table.number(column))
      }
    }
    for (column, places) in categories {
      let name = try table.name(column)
      guard let place = places[name] else {
        throw table.failure(
          name, column, "one of \(places.keys.sorted().prefix(20).map(\.excerpt).joined(separator: ", "))",
          remedy: "no sample that was learned from has this value: mend the cell, or remove the row")
      }
      values[start + place] = 1
    }
  }
}

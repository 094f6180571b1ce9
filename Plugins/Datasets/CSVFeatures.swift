import GliaCore

/// The mapping of CSV columns to features: one feature for a numeric column, one 0/1 feature for each value of a category.
///
/// The feature of a value is named `column=value`, so a model only has to store the names of its features.
struct CSVFeatures {
  private enum Feature {
    case number(column: Int)
    case value
  }

  private struct Category {
    let column: Int
    /// The index of the feature of each value.
    let places: [String: Int]
    let values: [String]
  }

  private let features: [Feature]
  private let categories: [Category]
  private let missing: CSV.Missing?

  /// Locates the columns of the features `names` in `table`.
  init(_ names: [String], of table: CSVTable, missing: CSV.Missing?) throws {
    self.missing = missing
    let known = table.source.categories
    let owners = Self.columns(of: names, categories: known)
    var places: [String: [String: Int]] = [:]
    for (place, (name, owner)) in zip(names, owners).enumerated() where name != owner {
      places[owner, default: [:]][String(name.dropFirst(owner.count + 1))] = place
    }
    var unique = Set<String>()
    let wanted = owners.filter { unique.insert($0).inserted }
    let indices = try table.columns(wanted, as: "feature")
    let found = Dictionary(zip(wanted, indices), uniquingKeysWith: { first, _ in first })
    features = owners.map { name in
      places[name] == nil ? found[name].map { .number(column: $0) } ?? .value : .value
    }
    categories = places.compactMap { name, places in
      found[name].map { Category(column: $0, places: places, values: places.keys.sorted()) }
    }.sorted { $0.column < $1.column }
  }

  /// The column of each feature: the feature itself or its category.
  static func columns(of features: [String], categories: [String]) -> [String] {
    let prefixes = categories.map { "\($0)=" }
    guard !prefixes.isEmpty else { return features }
    return features.map { name in
      prefixes.firstIndex { name.hasPrefix($0) }.map { categories[$0] } ?? name
    }
  }

  /// The columns to read.
  var columns: [Int] {
    features.compactMap { if case .number(let column) = $0 { column } else { nil } } + categories.map(\.column)
  }

  /// Appends the features of the current sample.
  ///
  /// - Parameters:
  ///   - inputs: Receives the features, NaN for missing values and invalid cells.
  ///   - faults: Receives the invalid cells.
  func append(_ table: CSVTable, to inputs: inout CSVInputs, faults: inout CSVFaults) {
    let start = inputs.single.count
    for feature in features {
      guard case .number(let column) = feature else {
        inputs.append(0)
        continue
      }
      if let number = table.number(column) {
        inputs.append(number, table.single(number, column))
        continue
      }
      if let isTrue = table.truth(column) {
        inputs.append(isTrue ? 1 : 0)
        continue
      }
      inputs.append(.nan)
      let kind = table.kind(column)
      if missing != .mean || kind != .empty && kind != .missing {
        faults.add(column, of: table, as: .feature, kind: kind)
      }
    }
    for category in categories {
      if let place = table.category(category.column).flatMap({ category.places[$0] }) {
        inputs.mark(start + place)
      } else if table.isModels, table.source.unknown == .ignore {
        faults.ignore(category.column, of: table)
      } else {
        let kind = table.kind(category.column)
        let isUnknown = table.isModels && kind != .empty
        faults.add(
          category.column, of: table, as: .category(known: isUnknown ? category.values : nil),
          kind: isUnknown ? .text : kind)
      }
    }
  }
}

extension CSV {
  /// Returns the column that each of the given features comes from: itself, or the category it is a value of.
  public func columns(ofFeatures names: [String]) -> [String] {
    CSVFeatures.columns(of: names, categories: categories)
  }
}

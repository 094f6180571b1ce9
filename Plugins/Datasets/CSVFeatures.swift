import GliaCore

/// The mapping of CSV columns to features: one feature for a numeric column, one 0/1 feature for each value of a category.
///
/// The feature of a value is named `column=value`, so a model only has to store the names of its features.
struct CSVFeatures {
  private enum Feature {
    case number(column: Int)
    case value
    case date(column: Int, part: DatePart)
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
    let dates = table.source.dates
    let owners = Self.columns(of: names, categories: known, dates: dates)
    var places: [String: [String: Int]] = [:]
    for (place, (name, owner)) in zip(names, owners).enumerated() where name != owner && !dates.contains(owner) {
      places[owner, default: [:]][String(name.dropFirst(owner.count + 1))] = place
    }
    var unique = Set<String>()
    let wanted = owners.filter { unique.insert($0).inserted }
    let indices = try table.columns(wanted, as: "feature")
    let found = Dictionary(zip(wanted, indices), uniquingKeysWith: { first, _ in first })
    features = zip(names, owners).map { feature, name in
      if dates.contains(name), let column = found[name], let part = DatePart(rawValue: Self.part(feature, of: name)) {
        return .date(column: column, part: part)
      }
      return places[name] == nil ? found[name].map { .number(column: $0) } ?? .value : .value
    }
    categories = places.compactMap { name, places in
      found[name].map { Category(column: $0, places: places, values: places.keys.sorted()) }
    }.sorted { $0.column < $1.column }
  }

  /// The column of each feature: the feature itself, its category, or its date.
  static func columns(of features: [String], categories: [String], dates: [String] = []) -> [String] {
    let prefixes = categories.map { "\($0)=" } + dates.map { "\($0):" }
    guard !prefixes.isEmpty else { return features }
    let owners = categories + dates
    return features.map { name in
      prefixes.firstIndex { name.hasPrefix($0) }.map { owners[$0] } ?? name
    }
  }

  /// The name of the feature that is a part of a date.
  static func name(of part: DatePart, in column: String) -> String { "\(column):\(part.rawValue)" }

  private static func part(_ feature: String, of column: String) -> String {
    String(feature.dropFirst(column.count + 1))
  }

  /// The columns to read.
  var columns: [Int] {
    let own = features.compactMap { feature -> Int? in
      switch feature {
      case .number(let column), .date(let column, _): column
      case .value: nil
      }
    }
    var unique = Set<Int>()
    return (own + categories.map(\.column)).filter { unique.insert($0).inserted }
  }

  /// Appends the features of the current sample.
  ///
  /// - Parameters:
  ///   - inputs: Receives the features, NaN for missing values and invalid cells.
  ///   - faults: Receives the invalid cells.
  func append(_ table: CSVTable, to inputs: inout CSVInputs, faults: inout CSVFaults) {
    let start = inputs.single.count
    var date: (column: Int, value: CSVDate?)?
    for feature in features {
      if case .date(let column, let part) = feature {
        let isNew = date?.column != column
        if isNew { date = (column, CSVDate(table.trimmed(column))) }
        if let value = date?.value?.value(of: part) {
          inputs.append(value, Float(value))
          continue
        }
        inputs.append(.nan)
        let isMissing = table.trimmed(column).isEmpty || table.isMissing(column)
        if isNew, missing != .mean || !isMissing {
          faults.add(column, of: table, as: .date, kind: isMissing ? .missing : .text)
        }
        continue
      }
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

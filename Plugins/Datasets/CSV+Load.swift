import GliaCore

extension CSV {
  /// The samples of the file with all its features.
  public func load() throws -> Dataset {
    try validate()
    let table = try CSVTable(path: path, separator: separator)
    let columns = try table.columns(
      besides: try table.columns(target.names, as: "target"),
      try table.columns(weight.map { [$0] } ?? [], as: "weight"), try table.columns(ignore, as: "ignore"))
    let categories = try table.columns(categories, as: "categories")
    for category in categories {
      let (name, place) = (table.header[category], "\(table.reader.path):1")
      guard columns.contains(category), categories.count(where: { $0 == category }) == 1 else {
        throw GliaError(
          "category '\(name.excerpt)' is no feature, or named twice", at: place,
          expected: "a column that is no target, no weight and not ignored", remedy: "remove it from one of them")
      }
      if let like = columns.first(where: { table.header[$0].hasPrefix("\(name)=") }) {
        throw GliaError(
          "column '\(table.header[like].excerpt)' is called like a value of category '\(name.excerpt)'", at: place,
          expected: "names that differ", remedy: "rename it in the header")
      }
    }
    let values = try values(of: categories, among: columns)
    return try load(
      columns: columns.flatMap { column in
        let name = table.header[column]
        return values[column].map { values in values.map { "\(name)=\($0)" } } ?? [name]
      })
  }

  /// The samples of the file with the features that a model knows; the weight column may be absent.
  ///
  /// - Throws: `GliaError` for columns that are not in the file, unknown categories, and whatever ``load()`` refuses.
  public func load(columns: [String]) throws -> Dataset {
    try validate()
    var table = try CSVTable(path: path, separator: separator)
    let features = try CSVFeatures(columns, of: table, categories: categories, missing: missing)
    let targets = try table.columns(target.names, as: "target")
    let weight = try table.columns(weight.map { table.has($0) ? [$0] : [] } ?? [], as: "weight").first

    var inputs: [Float] = []
    var cells = [[String]](repeating: [], count: targets.count)
    var weights: [Float] = []
    var count = 0
    while try table.next() {
      guard !features.drops(table) else { continue }
      try features.append(table, to: &inputs)
      for (target, column) in targets.enumerated() { cells[target].append(try table.name(column)) }
      if let weight { weights.append(try table.number(weight, "a finite number of 0 or more") { $0 >= 0 }) }
      count += 1
      // A text takes the place of four numbers.
      let (texts, overflow) = count.multipliedReportingOverflow(by: 4 * targets.count + 1)
      try Memory.require(floats: overflow ? .max : inputs.count + texts, for: "the file", share: 0.2, at: path)
    }
    guard count > 0 else { throw table.noSamples("every sample has an empty cell") }
    return try Dataset(
      name: FilePath.name(of: path),
      inputs: Tensor(shape: [count, features.count], inputs), inputNames: columns,
      targets: zip(target.names, cells).map(Self.column), weights: weight == nil ? nil : weights,
      mayMiss: fillsMissing)
  }

  /// The values of some columns in order, read in a pass of its own.
  private func values(of categories: [Int], among columns: [Int]) throws -> [Int: [String]] {
    guard !categories.isEmpty else { return [:] }
    var table = try CSVTable(path: path, separator: separator)
    var values = Dictionary(categories.map { ($0, Set<String>()) }, uniquingKeysWith: { first, _ in first })
    while try table.next() {
      if missing == .drop, columns.contains(where: { table.isEmpty($0) }) { continue }
      for category in categories { values[category]?.insert(try table.name(category)) }
      try Memory.require(
        floats: 16 * values.values.reduce(0) { $0 + $1.count }, for: "the values of categories", share: 0.1, at: path)
    }
    return values.mapValues { values in
      values.map { (number: Float(decimal: $0) ?? .infinity, text: $0) }.sorted { $0 < $1 }.map(\.text)
    }
  }

  private static func column(_ name: String, _ cells: [String]) -> Column {
    let numbers = cells.compactMap { Float(decimal: $0) }
    return numbers.count == cells.count ? Column(name, numbers) : Column(name, text: cells)
  }
}

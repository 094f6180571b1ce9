import GliaCore

extension CSV {
  /// The samples of the file with all its features; standardized over all of them if that is set.
  public func load() throws -> Dataset {
    standardize ? try loadUnstandardized().standardized(filling: fillsMissing) : try loadUnstandardized()
  }

  /// The samples of the file with all its features, as they are.
  public func loadUnstandardized() throws -> Dataset {
    try validate()
    let table = try CSVTable(path: path, like: self, wanted: wanted, isModels: false)
    let columns = try table.columns(
      besides: try table.columns(target.names, as: "target"),
      try table.columns(weight.map { [$0] } ?? [], as: "weight"), try table.columns(ignore, as: "ignore"))
    let categories = try table.columns(categories, as: "categories")
    for category in categories {
      let (name, place) = (table.header[category], "\(table.reader.path):1")
      guard columns.contains(category), categories.count(where: { $0 == category }) == 1 else {
        throw GliaError(
          "category '\(name.excerpt)' is not a feature, or is named twice", at: place,
          expected: "a column that is neither a target nor the weight, and is not ignored",
          remedy: "remove it from one of them")
      }
      if let like = columns.first(where: { table.header[$0].hasPrefix("\(name)=") }) {
        throw GliaError(
          "column '\(table.header[like].excerpt)' is called like a value of category '\(name.excerpt)'", at: place,
          expected: "names that differ", remedy: "rename it in the header")
      }
    }
    let values = try values(of: categories, among: columns)
    var data = try read(
      columns: columns.flatMap { column in
        let name = table.header[column]
        return values[column].map { values in values.map { "\(name)=\($0)" } } ?? [name]
      }, isModels: false)
    for category in categories {
      guard let count = values[category]?.count, data.count >= 20, 10 * count > 9 * data.count else { continue }
      data.warnings.append(
        "category '\(table.header[category].excerpt)' has \(count.grouped) values in \(data.count.counted("row")), so that "
          + "nothing learned of one helps with another; put it into \"ignore\"")
    }
    return standardize ? data : data.rounded()
  }

  /// The samples of the file with the features that a model knows, as they are; the weight column may be absent, and the
  /// separator is that of the file.
  ///
  /// - Throws: `GliaError` for columns that are not in the file, unknown categories, and whatever ``load()`` refuses.
  public func load(columns: [String]) throws -> Dataset {
    try validate()
    return try read(columns: columns, isModels: true)
  }

  /// The columns that are named.
  private var wanted: [String] { target.names + (weight.map { [$0] } ?? []) + ignore + categories }

  private func read(columns: [String], isModels: Bool) throws -> Dataset {
    var table = try CSVTable(
      path: path, like: self,
      wanted: isModels ? CSVFeatures.columns(of: columns, categories: categories) + target.names : wanted,
      isModels: isModels)
    let features = try CSVFeatures(columns, of: table, missing: missing)
    let targetColumns = try table.columns(target.names, as: "target")
    let weight = try table.columns(weight.map { table.has($0) ? [$0] : [] } ?? [], as: "weight").first

    var (targets, faults) = (CSVTargets(targetColumns), CSVFaults())
    var gaps = CSVGaps(in: features.columns + targetColumns + (weight.map { [$0] } ?? []), of: self)
    var inputs = CSVInputs()
    var weights: [Float] = []
    var count = 0
    while try table.next() {
      guard !gaps.leavesOut(table) else { continue }
      faults.endRow()
      features.append(table, to: &inputs, faults: &faults)
      targets.append(table, faults: &faults)
      if let weight { weights.append(Float(table.weight(weight, faults: &faults))) }
      // A file that is refused is only looked through.
      if !faults.isEmpty { inputs.removeAll() }
      count += 1
      // A text takes the place of four numbers.
      let (texts, overflow) = count.multipliedReportingOverflow(by: 6 * targetColumns.count + 1)
      try Memory.require(floats: overflow ? .max : inputs.size + texts, for: "the file", share: 0.4, at: path)
    }
    let cells = try targets.columns(table, faults: faults)
    guard count > 0 else { throw table.noSamples("every sample has a missing value") }
    var data = try Dataset(
      name: Paths.name(of: path), inputs: Tensor(shape: [count, columns.count], inputs.single), exact: inputs.exact,
      inputNames: columns, targets: cells, weights: weight == nil ? nil : weights, mayMiss: fillsMissing)
    data.warnings += [gaps.note(table)].compactMap(\.self) + targets.notes(table)
    if table.headerLooksLikeSample {
      data.warnings.append(
        "the first line looks like a sample (\(table.header.prefix(3).map(\.excerpt).joined(separator: ", "))), and was taken for "
          + "the names of the columns; add a line with names before it")
    }
    return data
  }

  /// The values of some columns in order, read in a pass of its own.
  ///
  /// - Throws: if the features for them would take much more memory than the file.
  private func values(of categories: [Int], among columns: [Int]) throws -> [Int: [String]] {
    guard !categories.isEmpty else { return [:] }
    var table = try CSVTable(path: path, like: self, wanted: wanted, isModels: false)
    let named = try table.columns(target.names + (weight.map { [$0] } ?? []), as: "target")
    var gaps = CSVGaps(in: columns + named, of: self)
    var values = Dictionary(categories.map { ($0, Set<String>()) }, uniquingKeysWith: { first, _ in first })
    var (rows, faults) = (0, CSVFaults())
    while try table.next() {
      guard !gaps.leavesOut(table) else { continue }
      for category in categories {
        let name = table.reader.text(category)
        let isName = !name.allSatisfy(\.isWhitespace) && Double(table.trimmed(category)).map(\.isFinite) ?? true
        if isName {
          values[category]?.insert(name)
        } else {
          faults.add(category, of: table, as: .category(known: nil), kind: table.kind(category))
        }
      }
      faults.endRow()
      rows += 1
      try Memory.require(
        floats: 16 * values.values.reduce(0) { $0 + $1.count }, for: "the values of categories", share: 0.1, at: path)
    }
    // A category without a name is not a feature, so nothing else would find its cells.
    if values.values.contains(where: \.isEmpty) { try faults.check(table) }
    try requireFew(values, rows: rows, columns: columns.count, table)
    return values.mapValues { values in
      values.map { (number: Double(decimal: $0) ?? .infinity, text: $0) }.sorted { $0 < $1 }.map(\.text)
    }
  }

  /// Any machine has memory for so many inputs.
  private static let smallInputs = 1 << 26
  /// How many inputs a cell of the file may become.
  private static let growth = 16

  /// Refuses categories whose features would be many more numbers than the file has cells.
  private func requireFew(_ values: [Int: Set<String>], rows: Int, columns: Int, _ table: CSVTable) throws {
    let features = values.values.reduce(columns - values.count) { $0 + $1.count }
    let (inputs, overflow) = rows.multipliedReportingOverflow(by: features)
    guard overflow || inputs > max(Self.smallInputs, Self.growth * rows * columns) else { return }
    let largest = values.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }
    let name = largest.map { table.header[$0.key].excerpt } ?? ""
    throw GliaError(
      "category '\(name)' has \(largest?.value.count ?? 0) values in \(rows) rows, one feature each",
      at: "\(table.reader.path), column '\(name)'",
      expected:
        "at most \(max(Self.smallInputs, Self.growth * rows * columns) / max(rows, 1)) features in so many rows",
      remedy:
        "number the values and learn them with the layer embedding, join rare ones, or put the column into \"ignore\"")
  }
}

extension CSVTable {
  /// The weight of the sample at hand; `faults` gets one that is not a finite number of 0 or more.
  fileprivate func weight(_ column: Int, faults: inout CSVFaults) -> Double {
    let number = number(column)
    if let number, number >= 0 { return number }
    faults.add(
      column, of: self, as: .weight, kind: number == nil ? kind(column) : .text,
      what: number == nil ? nil : "the number \(trimmed(column).excerpt)")
    return 0
  }
}

import GliaCore

extension CSV {
  /// Loads the samples with all features, standardized over all samples if `standardize` is true.
  public func load() throws -> Dataset {
    let data = try loadUnstandardized()
    return standardize ? try data.standardized(filling: fillsMissing) : data.rounded()
  }

  /// Loads the samples with all features, not standardized, in full precision.
  public func loadUnstandardized() throws -> Dataset { try loadUnstandardized(keys: SplitKeys()) }

  /// Loads the samples with all features, not standardized, and the columns by which a split groups or orders them.
  ///
  /// A column of groups is not a feature unless it is a category; a column of times is one if all its cells are numbers. An
  /// ignored column can be a key, too.
  public func loadUnstandardized(keys: SplitKeys) throws -> Dataset {
    try validate()
    let wanted = wanted + keys.names
    let table = try CSVTable(path: path, like: self, wanted: wanted, isModels: false)
    let (named, ignored) = (try roles(in: table), try table.columns(table.matches(ignore), as: "ignore"))
    let columns = try table.columns(besides: named, ignored + self.keys(keys, in: table, besides: named + ignored))
    let categories = try table.columns(categories, as: "categories")
    for category in categories {
      let (name, place) = (table.header[category], "\(table.reader.path):1")
      guard columns.contains(category), categories.count(where: { $0 == category }) == 1 else {
        throw GliaError(
          "category '\(name.excerpt)' is not a feature, or is listed twice", at: place,
          expected: "a column that is neither a target nor the weight, and is not ignored",
          remedy: "remove it from one of the lists")
      }
      if let like = columns.first(where: { table.header[$0].hasPrefix("\(name)=") }) {
        throw GliaError(
          "column '\(table.header[like].excerpt)' has the same name as a value of category '\(name.excerpt)'",
          at: place,
          expected: "different names", remedy: "rename it in the header")
      }
    }
    let dates = try table.columns(dates, as: "dates")
    for date in dates where !columns.contains(date) || categories.contains(date) {
      throw GliaError(
        "date '\(table.header[date].excerpt)' is not a feature, or is also a category", at: "\(table.reader.path):1",
        expected: "a column that is neither a target, the weight nor a category, and is not ignored",
        remedy: "remove it from one of the lists")
    }
    for date in dates {
      let parts = dateFeatures.map { CSVFeatures.name(of: $0, in: table.header[date]) }
      guard let like = columns.first(where: { parts.contains(table.header[$0]) }) else { continue }
      throw GliaError(
        "column '\(table.header[like].excerpt)' has the same name as a part of date '\(table.header[date].excerpt)'",
        at: "\(table.reader.path):1", expected: "different names", remedy: "rename it in the header, or ignore it")
    }
    let values = try values(of: categories, among: columns)
    var data = try read(
      columns: columns.flatMap { column in
        let name = table.header[column]
        if dates.contains(column) { return dateFeatures.map { CSVFeatures.name(of: $0, in: name) } }
        return values[column].map { values in values.map { "\(name)=\($0)" } } ?? [name]
      }, keys: keys.names, isModels: false)
    for category in categories {
      guard let count = values[category]?.count, data.count >= 20, 10 * count > 9 * data.count else { continue }
      data.warnings.append(
        "category '\(table.header[category].excerpt)' has \(count.grouped) values in \(data.count.counted("row")), "
          + "so what is learned about one value says nothing about the others; add it to \"ignore\"")
    }
    return data
  }

  /// Loads the samples with the features of a model, not standardized; the weight column is optional, and the separator is
  /// detected.
  ///
  /// - Throws: `GliaError` for missing columns, unknown categories, and anything that ``load()`` rejects.
  public func load(columns: [String]) throws -> Dataset {
    try validate()
    return try read(columns: columns, isModels: true)
  }

  /// Loads the samples of another file with the columns and rules of `training`, as for a trained model.
  public func loadUnstandardized(file path: String, like training: Dataset) throws -> Dataset {
    guard Paths.absolute(path) != Paths.absolute(self.path) else {
      throw GliaError(
        "the test file is the file of the training data", at: path.visible(limit: 4096),
        expected: "a file with other samples",
        remedy: "name another file, or use a fraction of the samples as the test part")
    }
    var source = self
    source.path = path
    return try source.load(columns: training.inputNames)
  }

  /// The columns named in the settings.
  var wanted: [String] {
    target.names + (weight.map { [$0] } ?? []) + ignore.filter { !$0.contains("*") } + categories + dates
  }

  private func read(columns: [String], keys: [String] = [], isModels: Bool) throws -> Dataset {
    var table = try CSVTable(
      path: path, like: self,
      wanted: isModels
        ? CSVFeatures.columns(of: columns, categories: categories, dates: dates) + target.names : wanted + keys,
      isModels: isModels)
    let features = try CSVFeatures(columns, of: table, missing: missing)
    let targetColumns = try table.columns(target.names, as: "target")
    let weight = try table.columns(weight.map { table.has($0) ? [$0] : [] } ?? [], as: "weight").first

    let keyColumns = try table.columns(keys.filter { !(columns + target.names).contains($0) }, as: "a key of the split")
    var (targets, faults) = (CSVTargets(targetColumns), CSVFaults())
    var read = CSVTargets(keyColumns, as: .key)
    var gaps = CSVGaps(in: features.columns + targetColumns + keyColumns + (weight.map { [$0] } ?? []), of: self)
    var inputs = CSVInputs()
    var weights: [Float] = []
    var count = 0
    var (row, rows) = (0, [Int]())
    while try table.next() {
      row += 1
      guard !gaps.leavesOut(table) else { continue }
      if row > count + 1 || !rows.isEmpty {
        if rows.isEmpty { rows = Array(1...count + 1).dropLast() }
        rows.append(row)
      }
      faults.endRow()
      features.append(table, to: &inputs, faults: &faults)
      targets.append(table, faults: &faults)
      read.append(table, faults: &faults)
      if let weight { weights.append(Float(table.weight(weight, faults: &faults))) }
      // After an invalid cell, the rest of the file is only checked.
      if !faults.isEmpty { inputs.removeAll() }
      count += 1
      // Each target column stores a text (as large as four floats) and a double (two); each sample may have a weight.
      let (texts, overflow) = count.multipliedReportingOverflow(by: 6 * (targetColumns.count + keyColumns.count) + 1)
      try Memory.require(floats: overflow ? .max : inputs.size + texts, for: "the file", share: 0.4, at: path)
    }
    let (cells, readKeys) = (try targets.columns(table, faults: faults), try read.columns(table, faults: faults))
    guard count > 0 else { throw table.noSamples("every sample has a missing value") }
    var data = try Dataset(
      name: Paths.name(of: path), inputs: Tensor(shape: [count, columns.count], inputs.single), exact: inputs.exact,
      inputNames: columns, targets: cells, weights: weight == nil ? nil : weights, mayMiss: fillsMissing)
    data.rowNumbers = rows.isEmpty ? nil : rows
    if !keys.isEmpty {
      // Dates are ordered by time, however they are written.
      data = try data.keyed(
        by: readKeys.map { key in
          let times = dates.contains(key.name) ? key.labels.map { CSVDate($0)?.value(of: .seconds) } : [nil]
          return times.contains(nil) ? key : Column(key.name, numbers: times.compactMap(\.self))
        })
      data = try data.keyed(by: keys.map(data.column))
    }
    data.warnings += [gaps.note(table), faults.ignoredNote].compactMap(\.self) + targets.notes(table)
    if table.headerLooksLikeSample {
      data.warnings.append(
        "the first line looks like a sample (\(table.header.prefix(3).map(\.excerpt).joined(separator: ", "))) but was "
          + "read as the column names; add a header row before it")
    }
    return data
  }

  /// Reads the distinct values of the given columns in order, in a separate pass.
  ///
  /// - Throws: if their features would take much more memory than the file.
  private func values(of categories: [Int], among columns: [Int]) throws -> [Int: [String]] {
    guard !categories.isEmpty else { return [:] }
    var table = try CSVTable(path: path, like: self, wanted: wanted, isModels: false)
    var gaps = CSVGaps(in: columns + (try roles(in: table)), of: self)
    var values = Dictionary(categories.map { ($0, Set<String>()) }, uniquingKeysWith: { first, _ in first })
    var (rows, faults) = (0, CSVFaults())
    while try table.next() {
      guard !gaps.leavesOut(table) else { continue }
      for category in categories {
        if let value = table.category(category) {
          values[category]?.insert(value)
        } else {
          faults.add(category, of: table, as: .category(known: nil), kind: table.kind(category))
        }
      }
      faults.endRow()
      rows += 1
      try Memory.require(
        floats: 16 * values.values.reduce(0) { $0 + $1.count }, for: "the values of categories", share: 0.1, at: path)
    }
    // A category without values has no feature, so its invalid cells would not be found otherwise.
    if values.values.contains(where: \.isEmpty) { try faults.check(table) }
    try requireFew(values, rows: rows, columns: columns.count, table)
    return values.mapValues { values in
      values.map { (number: Double(decimal: $0) ?? .infinity, text: $0) }.sorted { $0 < $1 }.map(\.text)
    }
  }

  /// The number of inputs that fits in the memory of any machine.
  private static let smallInputs = 1 << 26
  /// The maximum number of inputs per cell of the file.
  private static let growth = 16

  /// Throws if categories would result in far more inputs than the file has cells.
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
        "at most \(max(Self.smallInputs, Self.growth * rows * columns) / max(rows, 1)) features for this many rows",
      remedy:
        "number the values and use an embedding layer, merge rare values, or add the column to \"ignore\"")
  }
}

extension CSVTable {
  /// The weight of the current sample; a weight that is not a finite number of 0 or more is added to `faults`.
  fileprivate func weight(_ column: Int, faults: inout CSVFaults) -> Double {
    let number = number(column)
    if let number, number >= 0 { return number }
    faults.add(
      column, of: self, as: .weight, kind: number == nil ? kind(column) : .text,
      what: number == nil ? nil : "the number \(trimmed(column).excerpt)")
    return 0
  }
}

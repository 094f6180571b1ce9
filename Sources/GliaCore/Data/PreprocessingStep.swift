/// A preprocessor with what it learned from the training part.
public struct PreprocessingStep: Sendable {
  /// The features that it changes.
  public let columns: [String]
  /// The name of the preprocessor.
  public let name: String
  /// The step as saved in a model: the preprocessor, its features, and what it learned.
  public let json: JSON
  /// The preprocessor.
  package let preprocessor: any Preprocessor
  /// What the preprocessor learned.
  package let learned: any Sendable
  private let run: @Sendable ([Feature]) throws -> [Feature]
  private let layer: @Sendable ([String]) throws -> (layer: any Layer, features: [String])?

  /// Creates a step from its parts; throws if what was learned cannot be saved, such as a number that is not finite.
  public init<P: Preprocessor>(_ preprocessor: P, columns: [String], learned: P.Learned) throws {
    (self.columns, name) = (columns, P.name)
    (self.preprocessor, self.learned) = (preprocessor, learned)
    json = [
      "preprocessor": try JSON(part: preprocessor), "columns": .array(columns.map(JSON.string)),
      "learned": try ComponentEncoder().encode(learned),
    ]
    run = { try preprocessor.apply(learned, to: $0) }
    layer = { try preprocessor.inputLayer(learned, features: $0) }
  }

  /// Fits a preprocessor to the features of the training part.
  ///
  /// - Returns: the step, or nil if no columns are named and no feature suits.
  /// - Throws: `GliaError` if a column does not exist, or a value of the training part has no result.
  public init?(fitting preprocessor: some Preprocessor, to features: [Feature]) throws {
    try self.init(fitting: preprocessor, to: features, sparing: [])
  }

  /// Fits a preprocessor; without columns, it does not apply to the features called `indices`.
  init?(
    fitting preprocessor: some Preprocessor, to features: [Feature], sparing indices: Set<String>,
    rowNumbers: [Int]? = nil
  ) throws {
    try preprocessor.checkSettings()
    let chosen = try Self.choice(of: features, for: preprocessor, sparing: indices)
    guard !chosen.isEmpty else { return nil }
    let name = type(of: preprocessor).name
    for feature in chosen where feature.known.isEmpty {
      throw GliaError(
        "feature '\(feature.name.excerpt)' is missing in all training samples", at: name,
        expected: "at least one number",
        remedy: "put the column into ignore")
    }
    let step = try Self(preprocessor, columns: chosen.map(\.name), learned: preprocessor.fit(chosen))
    let gaps = chosen.reduce(into: Set<Int>()) { gaps, feature in
      for row in feature.values.indices where feature.values[row].isNaN { gaps.insert(row) }
    }
    for feature in try step.changed(chosen, count: chosen.first?.values.count ?? 0) {
      guard let row = feature.values.indices.first(where: { !feature.values[$0].isFinite && !gaps.contains($0) }) else {
        continue
      }
      let values = chosen.prefix(3).map { "\($0.name.excerpt) = \($0.values[row])" }.joined(separator: ", ")
      throw GliaError(
        "feature '\(feature.name.excerpt)' becomes \(feature.values[row])",
        at: "\(name), " + (rowNumbers.map { "row \($0[row].grouped)" } ?? "training sample \(row)"),
        expected: "a finite number; the sample has \(values)",
        remedy: "choose other columns, or another preprocessor")
    }
    self = step
  }

  /// Returns the features that `columns` name, or those that suit.
  private static func choice(
    of features: [Feature], for preprocessor: some Preprocessor, sparing indices: Set<String>
  ) throws -> [Feature] {
    let wanted = preprocessor.columns
    let name = type(of: preprocessor).name
    for column in wanted where !features.contains(where: { $0.name.isNamed(by: column) }) {
      var seen = Set<String>()
      let known = features.map { $0.name.column }.filter { seen.insert($0).inserted }
      throw GliaError(
        "\(name) has no feature '\(column.excerpt)'", at: "columns",
        expected: "one of \(known.prefix(20).map(\.excerpt).joined(separator: ", "))" + (known.count > 20 ? ", …" : ""),
        remedy: Suggestion.nearest(to: column, among: known).map { "did you mean '\($0)'?" } ?? "correct the name")
    }
    return features.filter { feature in
      wanted.isEmpty
        ? !indices.contains(feature.name) && preprocessor.isSuited(feature)
        : wanted.contains { feature.name.isNamed(by: $0) }
    }
  }

  /// Returns all features after this step: those that keep their name keep their place, and new ones follow at the end.
  public func applied(to features: [Feature]) throws -> [Feature] {
    let places = Dictionary(features.enumerated().map { ($1.name, $0) }) { first, _ in first }
    let chosen = try columns.map { column in
      guard let place = places[column] else {
        throw GliaError("no feature '\(column.excerpt)', which the preprocessing needs", expected: "that feature")
      }
      return features[place]
    }
    let results = try changed(chosen, count: features.first?.values.count ?? 0)
    let changed = Dictionary(results.map { ($0.name, $0) }) { first, _ in first }
    let own = Set(columns)
    return features.compactMap { own.contains($0.name) ? changed[$0.name] : $0 }
      + results.filter { !own.contains($0.name) }
  }

  /// Returns what the preprocessor makes of its own features, which have `count` values.
  private func changed(_ features: [Feature], count: Int) throws -> [Feature] {
    // Without values, only the names are made.
    let width = try run(features.map { Feature($0.name, []) }).count
    try Memory.require(
      [count, width, 8], for: "\(width.counted("feature")) of \(count.counted("sample"))", at: "preprocessing",
      remedy: "choose fewer columns")
    let results = try run(features)
    for feature in results where feature.values.count != count {
      throw GliaError(
        "feature '\(feature.name.excerpt)' has \(feature.values.count) values",
        expected: "\(count), one for each sample")
    }
    return results
  }

  /// Returns the layer to put before the network, and the features that it passes on; nil if none is needed.
  func inputLayer(_ features: [String]) throws -> (layer: any Layer, features: [String])? { try layer(features) }
}

extension PreprocessingStep: Hashable {
  public static func == (a: PreprocessingStep, b: PreprocessingStep) -> Bool { a.json == b.json }
  public func hash(into hasher: inout Hasher) { hasher.combine(json) }
}

extension PreprocessingStep {
  /// Reads a step from its ``json``; throws if it is not one, or its preprocessor is not in `registry`.
  public init(from json: JSON, with registry: Registry, at place: String = "") throws {
    guard let object = json.object, let columns = object["columns"], let learned = object["learned"],
      let preprocessor = object["preprocessor"]
    else {
      throw GliaError("not a step of preprocessing", at: place, expected: "preprocessor, columns and learned")
    }
    let names = try ComponentDecoder().decode([String].self, from: columns, at: "\(place).columns")
    guard !names.isEmpty, Set(names).count == names.count else {
      throw GliaError("\(names.count) features", at: "\(place).columns", expected: "at least one, each once")
    }
    func step(_ preprocessor: some Preprocessor) throws -> PreprocessingStep {
      try PreprocessingStep(
        preprocessor, columns: names, learned: ComponentDecoder().decode(from: learned, at: "\(place).learned"))
    }
    self = try step(registry.make((any Preprocessor).self, from: preprocessor, at: "\(place).preprocessor"))
  }
}

extension String {
  /// Whether a feature of this name is meant by `pattern`: it matches, or belongs to a category that does.
  fileprivate func isNamed(by pattern: String) -> Bool {
    if matches(wildcard: pattern) { return true }
    return column != self && column.matches(wildcard: pattern)
  }

  /// The category or the date that a feature such as `city=Rome` or `sold:year` belongs to; others are columns themselves.
  fileprivate var column: String {
    firstIndex(of: "=").map { String(self[..<$0]) } ?? self
  }
}

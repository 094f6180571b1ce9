/// Samples in memory: inputs, and what is to be learned about them.
///
/// Targets stay as they were given. Only a ``Loss`` decides how they are written as numbers (``encoded(for:classes:by:)``):
/// the same class column becomes 0 and 1 for binary cross-entropy, ±1 for the hinge loss, one column a class for
/// categorical cross-entropy.
public struct Dataset: Sendable {
  /// What the data are called in titles.
  public var name: String
  /// One sample a row.
  public private(set) var inputs: Tensor { didSet { (exact, standardization) = (nil, nil) } }
  /// The names of the features.
  public package(set) var inputNames: [String]
  /// The columns to be learned, one cell a sample.
  public internal(set) var targets: [Column]
  /// How much each sample counts; nil for equally much.
  public private(set) var weights: [Float]?
  /// The inputs in double precision, where single precision loses digits; nil if it loses none that matter.
  public private(set) var exact: [Double]?
  /// How the features were standardized, if they were.
  public private(set) var standardization: Standardization?
  /// How targets that are numbers are standardized for a network; the columns stay as they are. See ``encoded(for:classes:by:)``.
  public var targetStandardization: Standardization?
  /// What a reader of results must know about the samples: rows left out, values that became equal.
  public var warnings: [String] = []

  /// Samples with their targets; throws if counts differ, names repeat, or an input is not finite.
  ///
  /// `exact` are the same inputs in double precision. With `mayMiss`, a feature that is not a number (NaN) is missing; ``Preparation`` fills it in.
  public init(
    name: String = "data", inputs: Tensor, exact: [Double]? = nil, inputNames: [String]? = nil, targets: [Column],
    weights: [Float]? = nil, mayMiss: Bool = false
  ) throws {
    self.name = name
    self.inputs = inputs
    self.exact = exact
    self.inputNames = inputNames ?? (1...max(inputs.width, 1)).prefix(inputs.width).map { "x\($0)" }
    self.targets = targets
    self.weights = weights
    guard inputs.rows > 0, inputs.width > 0 else {
      throw GliaError("\(name) has no samples", expected: "at least one sample with one feature")
    }
    guard self.inputNames.count == inputs.width else {
      throw GliaError(
        "\(self.inputNames.count) names for \(inputs.width) features", at: name, expected: "a name for each feature")
    }
    for names in [self.inputNames, targets.map(\.name)] where Set(names).count < names.count {
      let twice = Dictionary(grouping: names, by: \.self).filter { $0.value.count > 1 }.keys.min() ?? ""
      throw GliaError("'\(twice.excerpt)' is the name of several columns", at: name, expected: "names that differ")
    }
    guard exact.map({ $0.count == inputs.values.count }) ?? true else {
      throw GliaError("\(exact?.count ?? 0) exact inputs", at: name, expected: "\(inputs.values.count), one each")
    }
    for column in targets where column.count != inputs.rows {
      throw GliaError(
        "\(inputs.rows) samples but \(column.count) targets", at: "column '\(column.name)'", expected: "equally many")
    }
    try Self.check(weights, samples: inputs.rows, of: name)
    if let bad = inputs.values.firstIndex(where: { !($0.isFinite || mayMiss && $0.isNaN) }) {
      throw GliaError(
        "a feature is \(inputs.values[bad])",
        at: "\(name), sample \(bad / inputs.width), feature \(bad % inputs.width)",
        expected: "finite numbers", remedy: "remove or replace the sample")
    }
    for case .numbers(let numbers) in targets.map(\.cells) {
      if let bad = numbers.firstIndex(where: { !$0.isFinite }) {
        throw GliaError("a target is \(numbers[bad])", at: "\(name), sample \(bad)", expected: "finite numbers")
      }
    }
  }

  private static func check(_ weights: [Float]?, samples: Int, of name: String) throws {
    guard let weights else { return }
    guard weights.count == samples, weights.allSatisfy({ $0 >= 0 && $0.isFinite }), weights.contains(where: { $0 > 0 })
    else {
      throw GliaError(
        "sample weights do not fit", at: name, expected: "one number of 0 or more for each sample, not all 0")
    }
  }

  /// Samples whose features are known in double precision, one row after the other.
  public init(
    name: String = "data", exact: [Double], inputNames: [String], targets: [Column], weights: [Float]? = nil,
    mayMiss: Bool = false
  ) throws {
    let rows = inputNames.isEmpty ? 0 : exact.count / inputNames.count
    try self.init(
      name: name, inputs: Tensor(shape: [rows, inputNames.count], exact.map { Float($0) }), exact: exact,
      inputNames: inputNames, targets: targets, weights: weights, mayMiss: mayMiss)
  }

  /// Samples whose targets are the rows of a tensor.
  public init(name: String = "data", inputs: Tensor, targets: Tensor) throws {
    let columns = (0..<targets.width).map { column in
      Column(
        targets.width == 1 ? "y" : "y\(column + 1)",
        (0..<targets.rows).map { targets.values[$0 * targets.width + column] })
    }
    try self.init(name: name, inputs: inputs, targets: columns)
  }

  /// How many samples.
  public var count: Int { inputs.rows }

  /// The same samples with other inputs or targets; throws where ``init(name:inputs:exact:inputNames:targets:weights:mayMiss:)``
  /// does.
  public func replacing(inputs: Tensor? = nil, targets: [Column]? = nil) throws -> Dataset {
    let fillsMissing = self.inputs.values.contains(where: \.isNaN)
    var replaced = try Dataset(
      name: name, inputs: inputs ?? self.inputs, exact: inputs == nil ? exact : nil, inputNames: inputNames,
      targets: targets ?? self.targets, weights: weights, mayMiss: fillsMissing)
    replaced.standardization = inputs == nil ? standardization : nil
    (replaced.targetStandardization, replaced.warnings) = (targets == nil ? targetStandardization : nil, warnings)
    return replaced
  }

  /// The same samples, each counting as much as its weight, or all equally; throws where
  /// ``init(name:inputs:exact:inputNames:targets:weights:mayMiss:)`` does.
  public func weighted(by weights: [Float]?) throws -> Dataset {
    try Self.check(weights, samples: count, of: name)
    var weighted = self
    weighted.weights = weights
    return weighted
  }

  /// The samples at `indices`, in their order; nil if there are none, throws if there is no such sample.
  public func part(_ indices: [Int]) throws -> Dataset? {
    guard !indices.isEmpty else { return nil }
    try GliaError.locating(name) { try indices.require(below: count, "sample") }
    // All samples need no copy.
    if indices.elementsEqual(0..<count) { return self }
    let width = inputs.width
    var part = self
    part.inputs = try inputs.gathering(indices)
    part.exact = exact.map { exact in indices.flatMap { exact[$0 * width..<($0 + 1) * width] } }
    part.standardization = standardization
    part.targets = targets.map { $0.gathering(indices) }
    part.weights = weights.map { weights in indices.map { weights[$0] } }
    return part
  }

  /// The samples with the features at `columns` alone, in that order; throws if there is no such feature, or if one is there
  /// twice.
  public func selecting(features columns: [Int]) throws -> Dataset {
    try GliaError.locating(name) { try columns.require(below: inputs.width, "feature") }
    guard !columns.isEmpty, Set(columns).count == columns.count else {
      throw GliaError("the features \(columns.prefix(20))", at: name, expected: "at least one, each once")
    }
    func taken<Number>(_ values: [Number]) -> [Number] {
      stride(from: 0, to: values.count, by: inputs.width).flatMap { row in columns.map { values[row + $0] } }
    }
    var selected = self
    selected.inputs = Tensor(unchecked: [count, columns.count], taken(inputs.values))
    selected.exact = exact.map(taken)
    selected.standardization = standardization.map { own in
      Standardization(
        unchecked: columns.map { own.mean[$0] }, columns.map { own.scale[$0] },
        own.fill.map { fill in columns.map { fill[$0] } })
    }
    selected.inputNames = columns.map { inputNames[$0] }
    return selected
  }
}

/// Standardization without a loss of digits.
extension Dataset {
  /// The samples with features brought to mean 0 and deviation 1 over all of them.
  ///
  /// To learn from a part and test on another, fit on the part: `Standardization(fitting: training)`, as ``Preparation`` does.
  ///
  /// - Parameter filling: whether missing values (NaN) are filled in with the mean of their feature.
  public func standardized(filling: Bool = false) throws -> Dataset {
    try standardized(by: Standardization(fitting: self, standardizes: true, fills: filling))
  }

  /// The samples with their features standardized by `wanted`, computed in double precision from all the digits there are;
  /// nil leaves them as they are. Features that were standardized otherwise before are taken back first.
  ///
  /// - Throws: `GliaError` if that leaves the finite numbers or does not fit the features.
  public func standardized(by wanted: Standardization?) throws -> Dataset {
    guard let wanted, wanted != standardization else { return self }
    guard wanted.mean.count == inputs.width else {
      throw GliaError(
        "a standardization of \(wanted.mean.count) features", at: name, expected: "\(inputs.width), as the samples have"
      )
    }
    let (own, width) = (standardization, inputs.width)
    let (known, rounded) = (exact, inputs.values)
    func before(_ i: Int) -> Double {
      if let known { return known[i] }
      guard let own else { return Double(rounded[i]) }
      return Double(rounded[i]) * own.scale[i % width] + own.mean[i % width]
    }
    let values = wanted.applied(inputs.values.count, before)
    var standardized = try Dataset(
      name: name, inputs: Tensor(unchecked: inputs.shape, values), inputNames: inputNames, targets: targets,
      weights: weights)
    standardized.standardization = wanted
    (standardized.targetStandardization, standardized.warnings) = (targetStandardization, warnings)
    if exact != nil {
      standardized.warnings += standardized.mergers(of: before) {
        "after standardizing; values that lie far out leave no digits for the others: remove them, or take logarithms"
      }
    }
    return standardized
  }

  /// The samples with their features as they were before ``standardization``.
  public func unstandardized() -> Dataset {
    guard let standardization else { return self }
    var copy = self
    copy.inputs = Tensor(unchecked: inputs.shape, standardization.undone(inputs.values))
    return copy
  }

  /// Whether the features, taken back to what they were before ``standardization``, still have all their values in single
  /// precision; time stamps have not.
  public var areToldApartUnstandardized: Bool {
    unstandardized().mergers(of: { Double(inputs.values[$0]) }) { "" }.isEmpty
  }

  /// The samples without the digits that single precision loses, and a warning where they tell values apart.
  public func rounded() -> Dataset {
    guard let exact else { return self }
    var rounded = self
    rounded.exact = nil
    rounded.warnings += mergers(of: { exact[$0] }) { "in single precision; use \"standardize\": true" }
    return rounded
  }
}

/// Samples in memory: inputs and targets.
///
/// Targets are kept as given. The ``Loss`` decides how they are encoded as numbers (``encoded(for:classes:by:)``): the same
/// class column becomes 0 and 1 for binary cross-entropy, ±1 for the hinge loss, one column per class for categorical
/// cross-entropy.
public struct Dataset: Sendable {
  /// The name of the data in titles.
  public var name: String
  /// The inputs, one sample per row.
  public private(set) var inputs: Tensor { didSet { (exact, standardization, before, steps) = (nil, nil, nil, []) } }
  /// The names of the features.
  public package(set) var inputNames: [String]
  /// The target columns, one cell per sample.
  public internal(set) var targets: [Column]
  /// Columns that are neither features nor targets, by which a split groups or orders the samples.
  public internal(set) var keys: [Column] = []
  /// The weight of each sample; nil for equal weights.
  public private(set) var weights: [Float]?
  /// The inputs in double precision, if single precision loses significant digits; otherwise nil.
  public private(set) var exact: [Double]?
  /// The standardization that was applied to the features, if any.
  public private(set) var standardization: Standardization?
  /// The preprocessing steps that were applied to the features.
  private(set) var steps: [PreprocessingStep] = []
  /// The features before ``steps``.
  private var before: Features?
  /// The rows of the samples in their file, from 1; nil if they are all rows in order.
  public package(set) var rowNumbers: [Int]?
  /// What is done to numeric targets for a network; the columns are not changed. See ``encoded(for:classes:by:)``.
  public var targetScaling: TargetScaling?
  /// Information about the samples that affects the interpretation of results: rows left out, values that became equal.
  public var warnings: [String] = []

  /// Creates samples with their targets; throws if counts differ, names are not unique, or an input is not finite.
  ///
  /// `exact` contains the same inputs in double precision. With `mayMiss`, a feature may be NaN, which means missing;
  /// ``Preparation`` fills it in.
  public init(
    name: String = "data", inputs: Tensor, exact: [Double]? = nil, inputNames: [String]? = nil, targets: [Column],
    weights: [Float]? = nil, mayMiss: Bool = false
  ) throws {
    self.name = name
    self.inputs = inputs
    self.exact = exact
    let width = inputs.rows > 0 ? inputs.width : 0
    self.inputNames = inputNames ?? (1...max(width, 1)).prefix(width).map { "x\($0)" }
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
      throw GliaError(
        "\(exact?.count ?? 0) exact inputs", at: name, expected: "\(inputs.values.count), one for each input")
    }
    for column in targets where column.count != inputs.rows {
      throw GliaError(
        "\(inputs.rows) samples but \(column.count) targets", at: "column '\(column.name)'",
        expected: "one target for each sample")
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

  /// Creates samples whose features are given in double precision, row by row.
  public init(
    name: String = "data", exact: [Double], inputNames: [String], targets: [Column], weights: [Float]? = nil,
    mayMiss: Bool = false
  ) throws {
    let rows = inputNames.isEmpty ? 0 : exact.count / inputNames.count
    try self.init(
      name: name, inputs: Tensor(shape: [rows, inputNames.count], exact.map { Float($0) }), exact: exact,
      inputNames: inputNames, targets: targets, weights: weights, mayMiss: mayMiss)
  }

  /// Creates samples whose targets are the rows of a tensor.
  public init(name: String = "data", inputs: Tensor, targets: Tensor) throws {
    let columns = (0..<targets.width).map { column in
      Column(
        targets.width == 1 ? "y" : "y\(column + 1)",
        (0..<targets.rows).map { targets.values[$0 * targets.width + column] })
    }
    try self.init(name: name, inputs: inputs, targets: columns)
  }

  /// The number of samples.
  public var count: Int { inputs.rows }

  /// Features in both precisions.
  private struct Features {
    var inputs: Tensor
    var exact: [Double]?
    var names: [String]
  }

  /// The same samples with their features as they are in the data; missing values stay missing.
  var unprocessed: Dataset { before == nil ? unstandardized() : original }

  /// Marks the samples as those of `original` after `steps`.
  mutating func keepOriginal(_ original: Dataset, steps: [PreprocessingStep]) {
    before = Features(inputs: original.inputs, exact: original.exact, names: original.inputNames)
    self.steps = steps
  }

  /// The same samples with their features before any preprocessor; standardized samples without preprocessors stay so.
  var original: Dataset {
    guard let before else { return self }
    var original = self
    original.inputs = before.inputs
    (original.exact, original.inputNames) = (before.exact, before.names)
    return original
  }

  /// Returns the same samples with other inputs or targets; throws under the same conditions as
  /// ``init(name:inputs:exact:inputNames:targets:weights:mayMiss:)``.
  public func replacing(inputs: Tensor? = nil, targets: [Column]? = nil) throws -> Dataset {
    let fillsMissing = self.inputs.values.contains(where: \.isNaN)
    var replaced = try Dataset(
      name: name, inputs: inputs ?? self.inputs, exact: inputs == nil ? exact : nil, inputNames: inputNames,
      targets: targets ?? self.targets, weights: weights, mayMiss: fillsMissing)
    replaced.standardization = inputs == nil ? standardization : nil
    (replaced.before, replaced.steps) = inputs == nil ? (before, steps) : (nil, [])
    (replaced.keys, replaced.rowNumbers) = (keys, rowNumbers)
    (replaced.targetScaling, replaced.warnings) = (targets == nil ? targetScaling : nil, warnings)
    return replaced
  }

  /// Returns the same samples with the given weights, or equal ones; throws under the same conditions as
  /// ``init(name:inputs:exact:inputNames:targets:weights:mayMiss:)``.
  public func weighted(by weights: [Float]?) throws -> Dataset {
    try Self.check(weights, samples: count, of: name)
    var weighted = self
    weighted.weights = weights
    return weighted
  }

  /// Returns the samples at `indices`, in that order; nil if there are none. Throws if an index is out of range.
  public func part(_ indices: [Int]) throws -> Dataset? {
    guard !indices.isEmpty else { return nil }
    try GliaError.locating(name) { try indices.require(below: count, "sample") }
    // All samples in order need no copy.
    if indices.elementsEqual(0..<count) { return self }
    let width = inputs.width
    var part = self
    part.inputs = try inputs.gathering(indices)
    part.exact = exact.map { $0.gathering(indices, width: width) }
    part.standardization = standardization
    part.steps = steps
    part.before = try before.map { before in
      Features(
        inputs: try before.inputs.gathering(indices),
        exact: before.exact.map { $0.gathering(indices, width: before.names.count) }, names: before.names)
    }
    part.targets = targets.map { $0.gathering(indices) }
    part.keys = keys.map { $0.gathering(indices) }
    part.rowNumbers = indices.map { rowNumbers?[$0] ?? $0 + 1 }
    part.weights = weights.map { weights in indices.map { weights[$0] } }
    return part
  }

  /// Returns the samples with only the features at `columns`, in that order; throws if an index is out of range or not unique.
  public func selecting(features columns: [Int]) throws -> Dataset {
    try GliaError.locating(name) { try columns.require(below: inputs.width, "feature") }
    guard !columns.isEmpty, Set(columns).count == columns.count else {
      throw GliaError("the features \(columns.prefix(20))", at: name, expected: "at least one, each once")
    }
    func taken<Number>(_ values: [Number]) -> [Number] {
      stride(from: 0, to: values.count, by: inputs.width).flatMap { row in columns.map { values[row + $0] } }
    }
    guard steps.isEmpty else {
      throw GliaError("preprocessed features cannot be selected", at: name, expected: "samples before preprocessing")
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

/// Standardization without a loss of precision.
extension Dataset {
  /// Returns the samples with features standardized to mean 0 and standard deviation 1 over all of them.
  ///
  /// To train on one part and test on another, fit on the training part: `Standardization(fitting: training)`, as
  /// ``Preparation`` does.
  ///
  /// - Parameter filling: whether missing values (NaN) are replaced by the mean of their feature.
  public func standardized(filling: Bool = false) throws -> Dataset {
    try standardized(by: Standardization(fitting: self, standardizes: true, fills: filling))
  }

  /// Returns the samples with their features standardized by `wanted`, computed in double precision from all available digits;
  /// nil leaves them as they are. A previous standardization is undone first.
  ///
  /// - Throws: `GliaError` if a result is not finite or the number of features does not fit.
  public func standardized(by wanted: Standardization?) throws -> Dataset {
    guard let wanted, wanted != standardization else { return self }
    guard wanted.mean.count == inputs.width else {
      throw GliaError(
        "a standardization for \(wanted.mean.count) features", at: name,
        expected: "\(inputs.width), the number of features"
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
    (standardized.standardization, standardized.keys) = (wanted, keys)
    (standardized.targetScaling, standardized.warnings) = (targetScaling, warnings)
    (standardized.before, standardized.steps, standardized.rowNumbers) = (self.before, steps, rowNumbers)
    if exact != nil {
      standardized.warnings += standardized.mergers(of: before) {
        "after standardization; outliers leave no precision for the other values: remove them, or take logarithms"
      }
    }
    return standardized
  }

  /// Returns the samples with their features as they were before preprocessors and ``standardization``; missing values are their
  /// mean.
  public func unstandardized() -> Dataset {
    guard before == nil else { return original.filled() }
    guard let standardization else { return self }
    var copy = self
    copy.inputs = Tensor(unchecked: inputs.shape, standardization.undone(inputs.values))
    return copy
  }

  /// Returns the samples with missing values replaced by the mean of their feature.
  private func filled() -> Dataset {
    guard inputs.values.contains(where: \.isNaN) else { return self }
    let means = features.map { Float($0.mean) }
    var filled = self
    let values = inputs.values.enumerated().map { $1.isNaN ? means[$0 % means.count] : $1 }
    filled.inputs = Tensor(unchecked: inputs.shape, values)
    // What is computed from these samples still knows what is missing.
    filled.before = Features(inputs: inputs, exact: exact, names: inputNames)
    return filled
  }

  /// Returns the samples in single precision only, with a warning if that makes distinct values equal.
  public func rounded() -> Dataset {
    guard let exact else { return self }
    var rounded = self
    rounded.exact = nil
    rounded.warnings += mergers(of: { exact[$0] }) { "in single precision; use \"standardize\": true" }
    return rounded
  }
}

extension [Double] {
  /// Returns the rows of `width` numbers at `indices`, which exist.
  fileprivate func gathering(_ indices: [Int], width: Int) -> [Double] {
    indices.flatMap { self[$0 * width..<($0 + 1) * width] }
  }
}

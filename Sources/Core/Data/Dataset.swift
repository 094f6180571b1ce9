/// Samples in memory: inputs, and what is to be learned about them.
///
/// Targets stay as they were given. Only a ``Loss`` decides how they are written as numbers (``encoded(for:classes:)``):
/// the same class column becomes 0 and 1 for binary cross-entropy, ±1 for the hinge loss, one column a class for
/// categorical cross-entropy.
public struct Dataset: Sendable {
  /// What the data are called in titles.
  public var name: String
  /// One sample a row.
  public var inputs: Tensor
  /// The names of the features.
  public var inputNames: [String]
  /// The columns to be learned, one cell a sample.
  public var targets: [Column]
  /// How much each sample counts; nil for equally much.
  public var weights: [Float]?

  /// Samples with their targets; throws if the counts differ, names repeat or an input is not finite.
  ///
  /// With `mayMiss`, a feature that is not a number (NaN) is one that misses; ``Preparation`` fills it.
  public init(
    name: String = "data", inputs: Tensor, inputNames: [String]? = nil, targets: [Column], weights: [Float]? = nil,
    mayMiss: Bool = false
  ) throws {
    self.name = name
    self.inputs = inputs
    self.inputNames = inputNames ?? (1...max(inputs.width, 1)).prefix(inputs.width).map { "x\($0)" }
    self.targets = targets
    self.weights = weights
    guard inputs.rows > 0, inputs.width > 0 else {
      throw GliaError("\(name) has no samples", expected: "at least one sample with one feature")
    }
    for column in targets where column.count != inputs.rows {
      throw GliaError(
        "\(inputs.rows) samples but \(column.count) targets", at: "column '\(column.name)'", expected: "equally many")
    }
    if let weights,
      weights.count != inputs.rows || weights.contains(where: { !($0 >= 0 && $0.isFinite) })
        || weights.allSatisfy({ $0 == 0 })
    {
      throw GliaError(
        "sample weights do not fit", at: name, expected: "one number of 0 or more for each sample, not all 0")
    }
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

  /// The samples at `indices`, in their order; nil if there are none.
  public func part(_ indices: [Int]) -> Dataset? {
    guard !indices.isEmpty else { return nil }
    var part = self
    part.inputs = inputs.gathering(indices)
    part.targets = targets.map { $0.gathering(indices) }
    part.weights = weights.map { weights in indices.map { weights[$0] } }
    return part
  }
}

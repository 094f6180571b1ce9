/// A random test and validation part, drawn as one permutation: the test part first, then the validation part.
///
/// A part has round(n × fraction) samples, at least one, and never takes all.
public struct RandomSplit: Split {
  public static let name = "random"
  public static let summary = "one permutation: test part, validation part, the rest for training"
  /// The fraction of all samples for the test part.
  public var test: Double = 0
  /// The fraction of all samples for the validation part.
  public var validation: Double = 0
  /// What the permutation is drawn from.
  public var seed: UInt64 = 0
  /// Whether every class of the first target column is divided by itself, so that all parts have all classes.
  public var stratify = false

  /// No test and no validation part.
  public init() {}
  /// A split into parts of the given fractions.
  public init(test: Double = 0, validation: Double = 0, seed: UInt64 = 0, stratify: Bool = false) {
    (self.test, self.validation, self.seed, self.stratify) = (test, validation, seed, stratify)
  }

  public func validate() throws {
    try require(test >= 0 && test < 1, "test", test, expected: "a fraction from 0 to below 1")
    try require(validation >= 0 && validation < 1, "validation", validation, expected: "a fraction from 0 to below 1")
    try require(test + validation < 1, "validation", validation, expected: "less than 1 together with test, \(test)")
  }

  public func parts(of data: Dataset) throws -> SplitParts {
    var random = Random(seed: seed)
    let order = random.permutation(data.count)
    guard stratify, let labels = data.targets.first?.labels else { return try divide(order, name: data.name) }
    let groups = Dictionary(grouping: order, by: { labels[$0] })
    return try groups.sorted { $0.key < $1.key }.reduce(into: SplitParts(training: [])) { parts, group in
      let divided = try divide(group.value, name: "class '\(group.key)'")
      parts.training += divided.training
      parts.validation += divided.validation
      parts.test += divided.test
    }
  }

  private func divide(_ order: [Int], name: String) throws -> SplitParts {
    func size(_ fraction: Double) -> Int {
      fraction == 0 ? 0 : min(max(Int((Double(order.count) * fraction).rounded()), 1), order.count - 1)
    }
    let (test, held) = (size(test), size(test) + size(validation))
    guard held < order.count else {
      throw GliaError(
        "the split leaves nothing of \(name) to learn from", at: "split",
        expected: "more than \(held) samples, there are \(order.count)", remedy: "use smaller fractions or more data")
    }
    return SplitParts(
      training: Array(order[held...]), validation: Array(order[test..<held]), test: Array(order[..<test]))
  }
}

extension Dataset {
  /// A random training and test part; see ``RandomSplit``.
  public func split(test: Double, seed: UInt64 = 0, stratify: Bool = false) throws -> (training: Dataset, test: Dataset)
  {
    let split = RandomSplit(test: test, seed: seed, stratify: stratify)
    try split.validate()
    let parts = try split.parts(of: self)
    guard let training = part(parts.training), let held = part(parts.test) else {
      throw GliaError("a test part of \(test) has no samples", expected: "a fraction above 0")
    }
    return (training, held)
  }
}

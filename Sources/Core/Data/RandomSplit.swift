/// A random test and validation part, drawn as one permutation: the test part first, then the validation part.
///
/// A part has round(n × fraction) samples, at least one, and never takes all. With `stratify` every class is divided so by
/// itself, of several target columns every combination of their labels; a class of a single sample is learned from, the second
/// one is tested, the third one is for validation. Classes too small for the fractions to be kept are refused.
public struct RandomSplit: Split {
  public static let name = "random"
  public static let summary = "one permutation: test part, validation part, the rest for training"
  /// The fraction of all samples for the test part.
  public var test: Double = 0
  /// The fraction of all samples for the validation part.
  public var validation: Double = 0
  /// What the permutation is drawn from.
  public var seed: UInt64 = 0
  /// Whether every class is divided by itself, so that all parts have all classes.
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
    try validate()
    var parts = SplitParts(training: [])
    let groups = data.groups(seed: seed, stratify: stratify)
    let sizes = groups.map(\.count)
    let tested = try SplitShares.taking(test, of: sizes, free: sizes.map { $0 - 1 }, for: "test", data)
    let validated = try SplitShares.taking(
      validation, of: sizes, free: zip(sizes, tested).map { $0 - 1 - $1 }, for: "validation", data)
    for (order, (test, validation)) in zip(groups, zip(tested, validated)) {
      let held = test + validation
      parts.test += order[..<test]
      parts.validation += order[test..<held]
      parts.training += order[held...]
    }
    for (name, fraction, part) in [("test", test, parts.test), ("validation", validation, parts.validation)]
    where fraction > 0 && part.isEmpty {
      throw GliaError(
        "the split leaves nothing of \(data.name) for the \(name) part", at: "split",
        expected: "more samples, there are \(data.count)", remedy: "use fewer parts or more data")
    }
    return parts
  }
}

extension Dataset {
  /// A random training and test part; see ``RandomSplit``.
  public func split(test: Double, seed: UInt64 = 0, stratify: Bool = false) throws -> (training: Dataset, test: Dataset)
  {
    let split = RandomSplit(test: test, seed: seed, stratify: stratify)
    try split.checkSettings()
    let parts = try split.parts(of: self)
    guard let training = try part(parts.training), let held = try part(parts.test) else {
      throw GliaError("a test part of \(test) has no samples", expected: "a fraction above 0")
    }
    return (training, held)
  }
}

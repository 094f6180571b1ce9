import GliaCore

/// A random split by one permutation: first the test part, then the validation part; the rest is the training part.
///
/// A part has round(n × fraction) samples, at least one, but never all. With `stratify`, each class is divided separately, or
/// with several target columns each combination of labels; of a small class, the first sample is for training, the second for
/// testing, the third for validation. Throws if classes are too small to maintain the fractions.
public struct RandomSplit: Split {
  public static let name = "random"
  public static let summary = "one permutation: test part, validation part, the rest for training"
  /// The fraction of all samples for the test part.
  public var test: Double = 0
  /// The fraction of all samples for the validation part.
  public var validation: Double = 0
  /// The seed of the permutation.
  public var seed: UInt64 = 0
  /// Whether each class is divided separately, so that all parts contain all classes.
  public var stratify = false

  /// Creates a split without test and validation part.
  public init() {}
  /// Creates a split with the given fractions.
  public init(test: Double = 0, validation: Double = 0, seed: UInt64 = 0, stratify: Bool = false) {
    (self.test, self.validation, self.seed, self.stratify) = (test, validation, seed, stratify)
  }

  public var isRandom: Bool { true }

  public func validate() throws {
    try require(test >= 0 && test < 1, "test", test, expected: "a fraction from 0 to below 1")
    try require(validation >= 0 && validation < 1, "validation", validation, expected: "a fraction from 0 to below 1")
    try require(test + validation < 1, "validation", validation, expected: "a sum with test (\(test)) below 1")
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
        "the split leaves no samples of \(data.name) for the \(name) part", at: "split",
        expected: "more than \(data.count.counted("sample"))", remedy: "use fewer parts or more data")
    }
    return parts
  }
}

extension Dataset {
  /// Divides the samples into a random training and test part; see ``RandomSplit``.
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

import GliaCore

/// A split by fractions: first the test part, then the validation part; the rest is the training part.
///
/// The samples are divided by one permutation. A part has round(n × fraction) samples, at least one, but never all. With
/// `stratify`, each class is divided separately, or with several target columns each combination of labels; of a small class,
/// the first sample is for training, the second for testing, the third for validation. Throws if classes are too small to
/// maintain the fractions.
///
/// With `by`, all samples of a group are in one part, such as those of one patient: in a permutation of the groups, each one is
/// taken that brings a part nearer to its fraction. The column is not a feature, unless it is listed as a category.
///
/// With `order`, the last samples are the test part, and those before them the validation part. Numbers are ordered by value;
/// text, such as dates and times in ISO 8601, as text. Samples with equal values are in one part. The column remains a feature
/// if it is numeric and not ignored.
///
/// With a separate file as `test`, all samples are for training and validation. The file is read with the columns, categories
/// and rules of the training data, as for a trained model.
public struct RandomSplit: Split {
  public static let name = "random"
  public static let summary = "one permutation: test part, validation part, the rest for training"
  public static var examples: [JSON] { [["test": 0.25, "validation": 0.25, "by": "x1"]] }
  /// The fraction of all samples for the test part, or the path of a file with test samples.
  ///
  /// Relative paths start in the folder of the experiment.
  public var test: TestPart = 0.0
  /// The fraction of all samples for the validation part.
  public var validation: Double = 0
  /// The seed of the permutation.
  public var seed: UInt64 = 0
  /// Whether each class is divided separately, so that all parts contain all classes.
  public var stratify = false
  /// The column whose values are groups that stay together.
  public var by: String?
  /// The column by which the samples are ordered.
  public var order: String?

  /// Creates a split without test and validation part.
  public init() {}
  /// Creates a split with the given fractions.
  public init(
    test: Double = 0, validation: Double = 0, seed: UInt64 = 0, stratify: Bool = false, by: String? = nil,
    order: String? = nil
  ) {
    (self.test, self.validation, self.seed, self.stratify) = (.fraction(test), validation, seed, stratify)
    (self.by, self.order) = (by, order)
  }
  /// Creates a split with a separate test file.
  public init(
    testFile: String, validation: Double = 0, seed: UInt64 = 0, stratify: Bool = false, by: String? = nil,
    order: String? = nil
  ) {
    self.init(validation: validation, seed: seed, stratify: stratify, by: by, order: order)
    test = .file(testFile)
  }

  public var isRandom: Bool { order == nil && (validation > 0 || testFile == nil) }
  public var keys: SplitKeys { SplitKeys(by: by, order: order) }
  public var testFile: String? { test.file }

  public func validate() throws {
    let fraction = test.fraction
    try require(test.file != "", "test", "''", expected: "a fraction, or the path of a file")
    try require(fraction >= 0 && fraction < 1, "test", fraction, expected: "a fraction from 0 to below 1")
    try require(validation >= 0 && validation < 1, "validation", validation, expected: "a fraction from 0 to below 1")
    try require(
      fraction + validation < 1, "validation", validation, expected: "a sum with test (\(fraction)) below 1")
    try checkKeys(stratify: stratify, by: by, order: order)
  }

  public func located(in folder: String) -> any Split {
    var located = self
    located.test = test.mapFile { Paths.absolute($0, in: folder) }
    return located
  }

  public func relative(to folder: String) -> any Split {
    var relative = self
    relative.test = test.mapFile { Paths.relative($0, to: folder) }
    return relative
  }

  public func parts(of data: Dataset) throws -> SplitParts {
    try validate()
    guard var blocks = try SampleBlocks(of: data, by: by, order: order, seed: seed) else {
      return try permutedParts(of: data)
    }
    let held = [test.fraction, validation].count { $0 > 0 }
    try blocks.require(
      held + 1, for: (held + 1).counted("part"), remedy: "leave out the test or the validation part, or use more data")
    let tested = blocks.take(test.fraction, leaving: held)
    let validated = blocks.take(validation, leaving: 1)
    return SplitParts(training: blocks.samples, validation: validated, test: tested)
  }

  private func permutedParts(of data: Dataset) throws -> SplitParts {
    var parts = SplitParts(training: [])
    let groups = data.groups(seed: seed, stratify: stratify)
    let sizes = groups.map(\.count)
    let tested = try SplitShares.taking(test.fraction, of: sizes, free: sizes.map { $0 - 1 }, for: "test", data)
    let validated = try SplitShares.taking(
      validation, of: sizes, free: zip(sizes, tested).map { $0 - 1 - $1 }, for: "validation", data)
    for (order, (test, validation)) in zip(groups, zip(tested, validated)) {
      let held = test + validation
      parts.test += order[..<test]
      parts.validation += order[test..<held]
      parts.training += order[held...]
    }
    for (name, fraction, part) in [("test", test.fraction, parts.test), ("validation", validation, parts.validation)]
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

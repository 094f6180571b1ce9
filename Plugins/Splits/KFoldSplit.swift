import GliaCore

/// One split of k-fold cross-validation: the samples are divided into `folds` parts, and part `fold` is the test part.
///
/// A random permutation is distributed over the parts in turn, so their sizes differ by at most one. With `stratify`, it is
/// first sorted by class, or for several target columns by the combination of labels, so that every class is spread as evenly
/// as possible. All other samples are for training, except for a validation part, which has round(n × fraction) samples, at
/// least one. With the same seed, all folds divide the samples into the same parts, so every sample is tested in exactly one of
/// them.
///
/// With `by`, all samples of a group are in one part: the largest group first, each goes to the smallest part so far, as in
/// scikit-learn's `GroupKFold`; the seed decides among groups of the same size. With `order`, the network is trained on the
/// samples before the test part, as in scikit-learn's `TimeSeriesSplit`: the last `folds` parts of n ÷ (folds + 1) samples are
/// tested, and the last samples before a test part are its validation part. Samples with equal values are in one part, so sizes
/// may differ. See ``RandomSplit`` for both columns.
///
/// Source: Stone, "Cross-validatory choice and assessment of statistical predictions" (1974).
public struct KFoldSplit: Split {
  public static let name = "k_fold"
  public static let summary = "one fold of a cross-validation for testing, the others for training"
  public static var examples: [JSON] { [["by": "x1"]] }
  /// The number of parts.
  public var folds = 5
  /// The index of the test part, from 0.
  public var fold = 0
  /// The fraction of all samples for the validation part.
  public var validation: Double = 0
  /// The seed of the permutation.
  public var seed: UInt64 = 0
  /// Whether every class is distributed evenly over the parts.
  public var stratify = false
  /// The column whose values are groups that stay together.
  public var by: String?
  /// The column by which the samples are ordered.
  public var order: String?

  public var isRandom: Bool { order == nil }
  public var isFold: Bool { true }
  public var keys: SplitKeys { SplitKeys(by: by, order: order) }

  /// Creates the first of five folds.
  public init() {}
  /// Creates fold `fold` of `folds`.
  public init(
    folds: Int, fold: Int = 0, validation: Double = 0, seed: UInt64 = 0, stratify: Bool = false, by: String? = nil,
    order: String? = nil
  ) {
    (self.folds, self.fold, self.validation) = (folds, fold, validation)
    (self.seed, self.stratify, self.by, self.order) = (seed, stratify, by, order)
  }

  public func validate() throws {
    try require(folds >= 2, "folds", folds, expected: "a whole number of at least 2")
    try require(0..<folds ~= fold, "fold", fold, expected: "a whole number from 0 to \(folds - 1)")
    try checkKeys(stratify: stratify, by: by, order: order)
    let rest = order == nil ? 1 - 1 / Double(folds) : 1 / (Double(folds) + 1)
    try require(
      validation >= 0 && validation < rest, "validation", validation,
      expected: "a fraction from 0 to below \(rest), the fraction "
        + (order == nil ? "outside the test fold of \(folds) folds" : "before the first of \(folds) folds"))
  }

  public func parts(of data: Dataset) throws -> SplitParts {
    try validate()
    guard folds <= data.count else {
      throw GliaError(
        "\(folds) folds for \(data.count) samples", at: "split.folds", expected: "at least one sample per fold",
        remedy: "use fewer folds or more data")
    }
    if let order { return try parts(of: SampleBlocks(of: data, inOrderOf: order)) }
    if let by { return try parts(of: SampleBlocks(of: data, by: by, seed: seed)) }
    let groups = data.groups(seed: seed, stratify: stratify)
    guard !stratify || groups.count <= max(folds, data.count / 2) else {
      throw GliaError(
        "stratify is impossible: \(data.count) samples have \(groups.count) classes", at: "split.stratify",
        expected: "two or more samples per class", remedy: "leave stratify out")
    }
    var parts = SplitParts(training: [])
    var dealt = 0
    var rests: [[Int]] = []
    for group in groups {
      var rest: [Int] = []
      for index in group {
        if dealt % folds == fold { parts.test.append(index) } else { rest.append(index) }
        dealt += 1
      }
      rests.append(rest)
    }
    let held = try SplitShares.taking(
      validation, of: groups.map(\.count), free: rests.map { $0.count - 1 }, for: "validation", data)
    for (rest, held) in zip(rests, held) {
      parts.validation += rest[..<held]
      parts.training += rest[held...]
    }
    guard validation == 0 || !parts.validation.isEmpty else {
      throw GliaError(
        "the split leaves no samples of \(data.name) for validation", at: "split",
        expected: "more than one sample to divide",
        remedy: "use fewer folds or more data")
    }
    return parts
  }

  private func parts(of blocks: SampleBlocks) throws -> SplitParts {
    var blocks = blocks
    if order == nil {
      try blocks.require(folds, for: folds.counted("fold"), remedy: "use fewer folds or more data")
    }
    let test = order == nil ? blocks.take(fold: fold, of: folds) : try blocks.takeLater(fold: fold, of: folds)
    try blocks.require(
      validation > 0 ? 2 : 1, for: "training and validation in fold \(fold)",
      remedy: "leave validation out, or use more data")
    let validated = blocks.take(validation, leaving: 1)
    return SplitParts(training: blocks.samples, validation: validated, test: test)
  }
}

import GliaCore

/// One split of leave-one-out cross-validation: one sample for testing, all others for training.
///
/// A validation part of round(n × fraction) samples, at least one, is drawn from the others.
///
/// Sources: Lachenbruch and Mickey, "Estimation of error rates in discriminant analysis" (1968); Stone, "Cross-validatory choice
/// and assessment of statistical predictions" (1974).
public struct LeaveOneOutSplit: Split {
  public static let name = "leave_one_out"
  public static let summary = "one sample for testing, all others for training"
  /// The index of the test sample, from 0.
  public var sample = 0
  /// The fraction of all samples for the validation part.
  public var validation: Double = 0
  /// The seed of the validation part.
  public var seed: UInt64 = 0

  /// Leaves out the first sample.
  public init() {}
  /// Leaves out the sample with the given index.
  public init(sample: Int, validation: Double = 0, seed: UInt64 = 0) {
    (self.sample, self.validation, self.seed) = (sample, validation, seed)
  }

  public var isRandom: Bool { true }
  public var isFold: Bool { true }

  public func validate() throws {
    try require(sample >= 0, "sample", sample, expected: "a whole number of at least 0")
    try require(validation >= 0 && validation < 1, "validation", validation, expected: "a fraction from 0 to below 1")
  }

  public func parts(of data: Dataset) throws -> SplitParts {
    try validate()
    let held = validation > 0 ? max(Int((Double(data.count) * validation).rounded()), 1) : 0
    guard sample < data.count else {
      throw GliaError(
        "there is no sample \(sample)", at: "split.sample", expected: "a whole number from 0 to \(data.count - 1)")
    }
    guard held + 1 < data.count else {
      throw GliaError(
        "the split leaves no samples of \(data.name) for training", at: "split",
        expected: "more than \((held + 1).counted("sample")), for testing and validation",
        remedy: "use a smaller validation part or more data")
    }
    guard held > 0 else {
      return SplitParts(training: (0..<data.count).filter { $0 != sample }, test: [sample])
    }
    var random = Random(seed: seed)
    let rest = random.permutation(data.count).filter { $0 != sample }
    return SplitParts(training: Array(rest[held...]), validation: Array(rest[..<held]), test: [sample])
  }
}

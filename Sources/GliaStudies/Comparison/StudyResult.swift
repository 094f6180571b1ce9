import GliaCore

/// A training of one contender on one problem with one seed.
public struct StudyRun: Hashable, Sendable {
  /// The seed of weights, order and dropout.
  public let seed: UInt64
  /// The epochs.
  public let history: [Epoch]
  /// Why it ended.
  public let stopReason: StopReason
  /// The objective at the end, infinite (or minus infinity if higher is better) if the run diverged.
  public let value: Double
  /// The final results on the training, validation and test part; nil for parts that do not exist, and after divergence.
  public let training, validation, test: Evaluation?

  /// The number of optimizer steps.
  public var steps: Int { history.last?.steps ?? 0 }
  /// The duration in seconds.
  public var seconds: Double { history.reduce(0) { $0 + $1.seconds } }
  /// Whether a loss, gradient or parameter was not finite.
  public var diverged: Bool { stopReason == .diverged }

  /// Returns the first epoch at which the objective's column reaches `target`; nil if none does.
  public func epoch(reaching target: Double, of column: String, higherIsBetter: Bool) -> Epoch? {
    history.first { epoch in
      guard let value = epoch[column] else { return false }
      return higherIsBetter ? value >= target : value <= target
    }
  }
}

/// What came of one contender on one problem.
public struct StudyResult: Sendable {
  /// The name of the contender.
  public let contender: String
  /// The settings that tuning chose, by path; empty if nothing was tuned.
  public let settings: JSON.Object
  /// The objective of every tuning trial, in order; the first one has the settings before tuning. Not finite after failures.
  public let tuning: [Double]
  /// The runs with fresh seeds, in order.
  public let runs: [StudyRun]
  /// The model of the first run; nil if its weights are not finite.
  public let model: Model?

  /// The objective of each run.
  public var values: [Double] { runs.map(\.value) }
}

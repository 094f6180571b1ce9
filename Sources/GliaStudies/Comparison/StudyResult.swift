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

  /// Returns the first epoch after which the objective reaches `target`; nil if none does.
  public func epoch(reaching target: Double, of objective: ExperimentObjective) -> Epoch? {
    history.first { epoch in
      guard let value = objective.value(after: epoch) else { return false }
      return objective.higherIsBetter ? value >= target : value <= target
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
  /// The runs with fresh seeds, in order; none if the contender took no part.
  public let runs: [StudyRun]
  /// Why the contender took no part, such as a solver of squared errors in a classification; nil if it did.
  public let absence: GliaError?
  /// The models of the runs by seed, if the study keeps them.
  let models: [UInt64: Model]

  /// The objective of each run.
  public var values: [Double] { runs.map(\.value) }

  /// Returns the run with the median of the objective, the better one of two in the middle; nil if there are no runs.
  public func medianRun(_ objective: ExperimentObjective) -> StudyRun? {
    let scores = values.map(objective.score)
    let order = runs.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
    return order.isEmpty ? nil : runs[order[(order.count - 1) / 2]]
  }
}

import GliaCore
import GliaSearch

/// Asynchronous successive halving: at the steps r, r η, r η², … only the best 1/η of the trials continue.
///
/// r is `min_resource` · η^`early_stopping_rate`, and η the `reduction_factor`.
///
/// Source: Li et al., "A system for massively parallel hyperparameter tuning" (2020).
public struct SuccessiveHalvingPruner: Pruner {
  public static let name = "successive_halving"
  public static let aliases = ["asha"]
  public static let summary = "at steps r, r η, r η², … only the best 1/η of the trials continue"
  /// The step of the first decision; nil for a hundredth of the steps of the first complete trial, and at least 1.
  public var minResource: Int? = 1
  /// η: the factor between the steps of decisions, of which one of so many trials passes each.
  public var reductionFactor = 4
  /// How many of the first decisions are left out.
  public var earlyStoppingRate = 0
  /// How many trials may run at the same time.
  public var concurrency = 4

  /// Creates a pruner that decides after steps 1, 4, 16, …
  public init() {}
  /// Creates a pruner.
  public init(minResource: Int? = 1, reductionFactor: Int = 4, earlyStoppingRate: Int = 0, concurrency: Int = 4) {
    (self.minResource, self.reductionFactor) = (minResource, reductionFactor)
    (self.earlyStoppingRate, self.concurrency) = (earlyStoppingRate, concurrency)
  }

  public func validate() throws {
    try require(
      minResource.map { 1...1_000_000_000 ~= $0 } ?? true, "min_resource", minResource ?? 0,
      expected: "null, or a whole number from 1 to 1,000,000,000")
    try requireReductionFactor(reductionFactor)
    try require(
      0...20 ~= earlyStoppingRate, "early_stopping_rate", earlyStoppingRate, expected: "a whole number from 0 to 20")
    try requireConcurrency()
  }

  public func prunes(_ number: Int, after reports: [TrialReport], finished: [FinishedTrial]) -> Bool {
    let first = finished.first { $0.value != nil && !$0.reports.isEmpty }
    guard let smallest = minResource ?? first.map({ max(($0.reports.last?.step ?? 0) / 100, 1) }) else { return false }
    let start = (0..<earlyStoppingRate).reduce(smallest) { step, _ in
      step.multipliedReportingOverflow(by: reductionFactor).overflow ? .max : step * reductionFactor
    }
    return Rungs(start: start, factor: reductionFactor).stops(after: reports, rivals: finished)
  }
}

extension Pruner {
  /// Throws unless the factor is from 2 to 100.
  func requireReductionFactor(_ factor: Int) throws {
    try require(2...100 ~= factor, "reduction_factor", factor, expected: "a whole number from 2 to 100")
  }
}

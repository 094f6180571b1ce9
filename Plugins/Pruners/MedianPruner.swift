import GliaCore
import GliaSearch

/// Stops a trial whose best report so far is worse than the median of what complete trials reported at the same step.
///
/// Source: Golovin et al., "Google Vizier: A service for black-box optimization" (2017), section 3.2.2.
public struct MedianPruner: Pruner {
  public static let name = "median"
  public static let summary = "stops trials that are worse than the median of the complete ones"
  /// The number of complete trials before any trial is stopped.
  public var startupTrials = 5
  /// No trial is stopped before this step.
  public var warmupSteps = 0
  /// The number of steps between decisions.
  public var intervalSteps = 1
  /// How many trials may run at the same time.
  public var concurrency = 4

  /// Creates a pruner that stops trials from the sixth on.
  public init() {}
  /// Creates a pruner.
  public init(startupTrials: Int = 5, warmupSteps: Int = 0, intervalSteps: Int = 1, concurrency: Int = 4) {
    (self.startupTrials, self.warmupSteps) = (startupTrials, warmupSteps)
    (self.intervalSteps, self.concurrency) = (intervalSteps, concurrency)
  }

  public func validate() throws {
    try require(startupTrials >= 0, "startup_trials", startupTrials, expected: "0 or a whole number above it")
    try require(warmupSteps >= 0, "warmup_steps", warmupSteps, expected: "0 or a whole number above it")
    try require(intervalSteps >= 1, "interval_steps", intervalSteps, expected: "a whole number above 0")
    try requireConcurrency()
  }

  public func prunes(_ number: Int, after reports: [TrialReport], finished: [FinishedTrial]) -> Bool {
    let complete = finished.filter { $0.value != nil }
    guard complete.count >= max(startupTrials, 1), let step = reports.last?.step, step >= warmupSteps,
      isDue(reports.map(\.step))
    else { return false }
    let rivals = complete.compactMap { trial in trial.reports.first { $0.step == step }?.value }.filter { !$0.isNaN }
    guard let median = rivals.median else { return false }
    guard let best = reports.map(\.value).filter({ !$0.isNaN }).min() else { return true }
    return best > median
  }

  /// Whether the last of these steps is the first one of an interval.
  private func isDue(_ steps: [Int]) -> Bool {
    guard let step = steps.last else { return false }
    let start = step - (step - warmupSteps) % intervalSteps
    return steps.dropLast().last.map { $0 < start } ?? true
  }
}

extension [Double] {
  /// The median; nil if there are no values.
  fileprivate var median: Double? {
    guard !isEmpty else { return nil }
    let sorted = sorted()
    let (low, high) = (sorted[(count - 1) / 2], sorted[count / 2])
    return low == high ? low : low / 2 + high / 2
  }
}

extension Pruner {
  /// Throws unless `concurrency` is from 1 to 1,024.
  func requireConcurrency() throws {
    try require(1...1024 ~= concurrency, "concurrency", concurrency, expected: "a whole number from 1 to 1,024")
  }
}

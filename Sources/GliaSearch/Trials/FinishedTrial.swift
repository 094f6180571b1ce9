import GliaCore

/// A trial that has ended: the settings that were tried, and what came of it.
public struct FinishedTrial: Hashable, Sendable {
  /// How a trial ended.
  public enum Outcome: Hashable, Sendable {
    /// It ended with this value, which is finite; lower is better.
    case value(Double)
    /// The pruner stopped it.
    case pruned
    /// It failed for this reason: `diverged` if its value was not finite.
    case failed(String)
  }

  /// The reason of trials whose value is not finite.
  public static let diverged = "diverged"

  /// The number of the trial; the first is 1.
  public let number: Int
  /// The values that were tried, by path.
  public let values: JSON.Object
  /// The point of the search space, with coordinates of 0.5 for settings that are not part of the trial.
  public let point: [Double]
  /// How it ended.
  public let outcome: Outcome
  /// The final value; nil if it was pruned or failed.
  public let value: Double?
  /// What it reported on its way, in the order of the steps.
  public let reports: [TrialReport]
  /// How long it took, in seconds.
  public let seconds: Double

  /// Creates a finished trial.
  public init(
    number: Int, values: JSON.Object, point: [Double], outcome: Outcome, reports: [TrialReport] = [],
    seconds: Double = 0
  ) {
    (self.number, self.values, self.point) = (number, values, point)
    (self.outcome, self.reports, self.seconds) = (outcome, reports, seconds)
    value = if case .value(let value) = outcome { value } else { nil }
  }

}

/// An intermediate value of a trial, such as the validation loss after an epoch; lower is better.
public struct TrialReport: Hashable, Sendable {
  /// The step: the number of epochs, for example.
  public let step: Int
  /// The value; it may be NaN or infinite.
  public let value: Double

  /// Creates a report.
  public init(step: Int, value: Double) { (self.step, self.value) = (step, value) }
}

extension [FinishedTrial] {
  /// The trial with the lowest value, the first of several; nil if none has a value.
  public var best: FinishedTrial? {
    self.min { ($0.value ?? .infinity, $0.number) < ($1.value ?? .infinity, $1.number) }.flatMap {
      $0.value == nil ? nil : $0
    }
  }
}

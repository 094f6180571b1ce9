import GliaCore
import Synchronization

/// A running trial: the settings to try, and the way to report intermediate values.
///
/// ```swift
/// { trial in
///   var training = try training(with: trial.values)
///   while let epoch = try training.next() { try trial.report(epoch.validation?.loss ?? .nan, step: epoch.number) }
///   return try training.evaluate(validation).loss
/// }
/// ```
public final class Trial: Sendable {
  /// The number of the trial; the first is 1.
  public let number: Int
  /// The values to try, by path.
  public let values: JSON.Object
  /// The point of the search space.
  public let point: [Double]

  private struct State {
    var reports: [TrialReport] = []
    var isPruned = false
  }

  private let state = Mutex(State())
  private let prunes: @Sendable ([TrialReport]) -> Bool
  private let isEnding: @Sendable () -> Bool

  init(
    number: Int, values: JSON.Object, point: [Double], prunes: @escaping @Sendable ([TrialReport]) -> Bool,
    isEnding: @escaping @Sendable () -> Bool
  ) {
    (self.number, self.values, self.point) = (number, values, point)
    (self.prunes, self.isEnding) = (prunes, isEnding)
  }

  /// Whether the pruner stopped the trial, so that its value no longer matters.
  public var isPruned: Bool { state.withLock { $0.isPruned } }
  /// Whether the search has ended, so that the trial should end, too; a resumed search repeats it.
  public var isAbandoned: Bool { isEnding() }
  /// What has been reported so far.
  public var reports: [TrialReport] { state.withLock { $0.reports } }

  /// Reports an intermediate value, such as the validation loss after an epoch; lower is better.
  ///
  /// - Parameters:
  ///   - value: the value; a trial whose values are not finite is pruned by most pruners.
  ///   - step: the step, such as the number of the epoch; higher than that of the last report.
  /// - Throws: ``TrialEnd`` if the trial should end, which the objective passes on, and `GliaError` for a step that does not
  ///   follow the last one.
  public func report(_ value: Double, step: Int) throws {
    guard !isAbandoned else { throw TrialEnd.abandoned }
    let (reports, wasPruned) = try state.withLock { state in
      guard step >= 0, state.reports.last.map({ $0.step < step }) ?? true else {
        throw GliaError(
          "trial \(number) reported step \(step) after step \(state.reports.last?.step ?? -1)",
          expected: "rising steps from 0")
      }
      if !state.isPruned { state.reports.append(TrialReport(step: step, value: value)) }
      return (state.reports, state.isPruned)
    }
    guard wasPruned || prunes(reports) else { return }
    state.withLock { $0.isPruned = true }
    throw TrialEnd.pruned
  }
}

/// Why a trial ends before its objective is complete.
public enum TrialEnd: Error, Hashable, Sendable {
  /// The pruner stopped it.
  case pruned
  /// The search was interrupted; the trial will be repeated.
  case abandoned
}

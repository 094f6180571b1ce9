import GliaCore
import GliaSearch

extension ExperimentObjective {
  /// The value of a trial: the metric, negated if higher is better.
  ///
  /// - Parameters:
  ///   - trial: the trial, with the settings to apply.
  ///   - reporting: whether it reports the value after every epoch, for a pruner.
  /// - Throws: `GliaError` for settings that are invalid together and for divergence, both of which fail the trial, and
  ///   `TrialEnd`.
  public func value(of trial: Trial, reporting: Bool = false) throws -> Double {
    do {
      let report = { epoch, value in try trial.report(self.value(fromLower: value), step: epoch) }
      let result = try measure(
        trial.values, isInterrupted: { trial.isAbandoned }, report: reporting ? report : nil)
      return value(fromLower: result.value)
    } catch is CancellationError { throw TrialEnd.abandoned }
  }
}

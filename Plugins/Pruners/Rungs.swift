import GliaSearch

/// The rungs of successive halving: rung k is reached at the step `start` · `factor`^k, and a trial continues if it is among the
/// best 1/`factor` of the trials that have reached it.
struct Rungs {
  let start: Int
  let factor: Int

  /// Returns whether a trial stops after its last report.
  func stops(after reports: [TrialReport], rivals: [FinishedTrial]) -> Bool {
    guard let last = reports.last else { return false }
    guard !last.value.isNaN else { return true }
    var step = start
    // Only the rungs that the last report reached for the first time are to be decided.
    let before = reports.dropLast().last?.step ?? -1
    while step <= last.step {
      if step > before, !isPromoted(last.value, among: rivals.compactMap { value(of: $0.reports, at: step) }) {
        return true
      }
      let (next, overflow) = step.multipliedReportingOverflow(by: factor)
      guard !overflow else { return false }
      step = next
    }
    return false
  }

  /// The first value reported at the rung's step or later; nil if the trial did not reach it.
  private func value(of reports: [TrialReport], at step: Int) -> Double? {
    reports.first { $0.step >= step }.flatMap { $0.value.isNaN ? nil : $0.value }
  }

  /// Whether `value` is among the best 1/`factor` of all values; the best one always is.
  private func isPromoted(_ value: Double, among rivals: [Double]) -> Bool {
    let values = (rivals + [value]).sorted()
    return value <= values[max(values.count / factor - 1, 0)]
  }
}

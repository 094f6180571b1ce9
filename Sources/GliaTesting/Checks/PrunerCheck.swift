import GliaCore
import GliaSearch

/// Checks a pruner: it decides the same for the same reports, lets the best trial and a trial without rivals pass, and copes with
/// NaN, infinite values, failed trials and large steps; and its settings.
///
/// - Parameters:
///   - pruner: the pruner.
///   - registry: the registry for components among its settings.
public func checkPruner(_ pruner: any Pruner, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(pruner)
  guard found.checkSettings(of: pruner, registry) else { return found.results }
  found.expect(
    "concurrency is positive", pruner.concurrency >= 1,
    "\(pruner.concurrency) trials may run at the same time\nlikely cause: a setting without a lower limit")
  let rivals = (1...20).map { number in
    FinishedTrial(
      number: number, values: [:], point: [], outcome: number % 5 == 0 ? .pruned : .value(Double(number)),
      reports: curve(Double(number), steps: number % 5 == 0 ? 9 : 81))
  }
  for number in 21...40 {
    found.expect(
      "the best trial continues", pruner.stop(of: number, curve(0.5, steps: 81), rivals) == nil,
      "trial \(number) is better at every step than all others, but is stopped\nlikely cause: the comparison is reversed"
    )
    found.expect(
      "a trial without rivals continues", pruner.stop(of: number, curve(5, steps: 81), []) == nil,
      "trial \(number) is stopped although no other trial is known\nlikely cause: a comparison with nothing")
    let stop = pruner.stop(of: number, curve(18.5, steps: 81), rivals)
    found.expect(
      "same reports, same decision", pruner.stop(of: number, curve(18.5, steps: 81), rivals) == stop,
      "trial \(number) is stopped after another step the second time\nlikely cause: hidden state or random numbers")
  }
  let failed = (1...20).map { FinishedTrial(number: $0, values: [:], point: [], outcome: .failed("bad luck")) }
  found.expect(
    "failed trials are no rivals", pruner.stop(of: 21, curve(5, steps: 81), failed) == nil,
    "a trial is stopped although all others failed\nlikely cause: failed trials count as good ones")
  for extreme in [Double.nan, .infinity, -.infinity, .greatestFiniteMagnitude] {
    let odd = rivals.map {
      FinishedTrial(
        number: $0.number, values: [:], point: [], outcome: $0.outcome,
        reports: [TrialReport(step: 0, value: extreme), TrialReport(step: .max, value: extreme)])
    }
    for other in [rivals, odd] {
      let reports = [TrialReport(step: 0, value: extreme), TrialReport(step: .max, value: extreme)]
      let stop = pruner.stop(of: 21, reports, other)
      found.expect(
        "extreme values and steps", pruner.stop(of: 21, reports, other) == stop,
        "a trial that reports \(extreme) is stopped after another step the second time\n"
          + "likely cause: hidden state or random numbers")
    }
  }
  return found.results
}

/// The reports of a trial that falls to `level`.
private func curve(_ level: Double, steps: Int) -> [TrialReport] {
  (1...steps).map { TrialReport(step: $0, value: level * (1 + 10 / Double($0))) }
}

extension Pruner {
  /// The step after which the trial is stopped; nil if it is complete.
  fileprivate func stop(of number: Int, _ reports: [TrialReport], _ finished: [FinishedTrial]) -> Int? {
    reports.indices.first { prunes(number, after: Array(reports[...$0]), finished: finished) }.map { reports[$0].step }
  }
}

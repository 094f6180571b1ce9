import GliaCore
import GliaSearch

extension OptimizerStudy {
  /// Tunes a contender; returns the best settings, and the objective of every trial.
  ///
  /// - Parameter ended: called with the number of every trial, from 1, and its value.
  func tune(
    _ contender: Int, _ ended: (Int, Double) throws -> Void
  ) throws -> (settings: JSON.Object, values: [Double]) {
    guard tuningTrials > 0, let space = contenders[contender].space else { return ([:], []) }
    let failed = objective.higherIsBetter ? -Double.infinity : .infinity
    @Sendable func value(_ settings: JSON.Object, _ isInterrupted: (@Sendable () -> Bool)?) throws -> Double {
      let all = try self.settings(of: contender, settings)
      return try log.number(of: question("trial", all)) {
        do { return try objective.measure(all, isInterrupted: isInterrupted).value } catch let error as GliaError
          where error.category == .divergence
        { return failed }
      }
    }
    var values = [try value([:], isInterrupted)]
    try ended(1, values[0])
    guard tuningTrials > 1 else { return ([:], values) }
    var search = try Search(
      space, strategy: strategy, trials: tuningTrials - 1, seed: objective.experiment.training.seed, jobs: jobs
    ) { trial in
      do {
        return signed(try value(trial.values) { trial.isAbandoned || isInterrupted?() == true })
      } catch is CancellationError { throw TrialEnd.abandoned }
    }
    search.isInterrupted = isInterrupted
    try search.run { trial in
      values.append(trial.value.map(signed) ?? failed)
      try ended(values.count, values[values.count - 1])
    }
    if isInterrupted?() == true { throw CancellationError() }
    guard let best = search.best, let value = best.value, value < signed(values[0]) || !values[0].isFinite else {
      return ([:], values)
    }
    return (best.values, values)
  }

  private func signed(_ value: Double) -> Double { objective.value(fromLower: value) }
}

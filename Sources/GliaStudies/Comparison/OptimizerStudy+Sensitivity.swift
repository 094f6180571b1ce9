import GliaCore
import GliaSearch

extension OptimizerStudy {
  /// The objective at one learning rate, for each seed; not finite for runs that diverged.
  public struct RatePoint: Hashable, Sendable {
    /// The learning rate.
    public let rate: Double
    /// The objective of each run.
    public let values: [Double]
  }

  /// Measures how much each contender depends on its learning rate: all other settings are those that tuning chose, and the rates
  /// are evenly spaced over the range of its tuning.
  ///
  /// - Parameters:
  ///   - results: the results of the study.
  ///   - count: the number of rates.
  ///   - seeds: the number of runs at each rate.
  /// - Returns: the points of each contender in the order of their rates; none for a contender whose rate is not tuned.
  /// - Throws: `CancellationError` if it was interrupted.
  public func sensitivity(of results: [StudyResult], rates count: Int = 9, seeds: Int = 3) throws -> [[RatePoint]] {
    let path = "training.optimizer.learning_rate"
    let seeds = runSeeds.prefix(max(seeds, 1))
    return try zip(contenders.indices, results).map { index, result in
      guard result.absence == nil,
        let dimension = contenders[index].space?.dimensions.first(where: { $0.path == path })
      else { return [] }
      let rates = dimension.grid(points: count).map(dimension.value)
      let base = try settings(of: index, result.settings)
      var values = rates.map { _ in [Double]() }
      try Jobs.run(rates.count * seeds.count, jobs: jobs) { task in
        let (rate, seed) = task.quotientAndRemainder(dividingBy: seeds.count)
        var settings = base
        settings[path] = rates[rate]
        return try log.number(of: question("rate", settings, seed: seeds[seed])) { [settings] in
          try objective.run(with: settings, seed: seeds[seed], isInterrupted: isInterrupted).run.value
        }
      } ended: { task, value in
        values[task / seeds.count].append(value)
      }
      return zip(rates, values).map { RatePoint(rate: $0.double ?? 0, values: $1) }
    }
  }
}

import GliaCore

/// The contenders of a study from best to worst, by the median of the objective over the runs.
public struct StudyRanking: Sendable {
  /// A contender with its results. Values that a run does not have, because it diverged, count as the worst.
  public struct Row: Sendable {
    /// The index of the contender in the study.
    public let index: Int
    /// The name of the contender.
    public let name: String
    /// The median of the objective; nil if half of the runs or more diverged.
    public let median: Double?
    /// The 95 % bootstrap interval of the median; an end is nil where it is not finite.
    public let interval: (low: Double?, high: Double?)
    /// The median of the same metric on the training part.
    public let training: Double?
    /// The median of the same metric on the test part; nil without one.
    public let test: Double?
    /// The median number of steps to the target; nil if half of the runs or more do not reach it.
    public let stepsToTarget: Double?
    /// The median of the seconds to the target.
    public let secondsToTarget: Double?
    /// The mean duration of a run in seconds.
    public let seconds: Double
    /// How many runs diverged.
    public let diverged: Int
    /// The objective of the tuning's first trial, with the settings before tuning, and of its best; nil without tuning.
    public let tuning: (before: Double, after: Double)?
    /// The p-value of the difference from the best contender, by Wilcoxon's signed-rank test over the seeds with Holm's
    /// correction for all pairs; nil for the best.
    public let pValue: Double?
    /// Why the contender took no part; nil if it did. Those that did not come last.
    public let absence: GliaError?
  }

  /// The rows, the best first.
  public let rows: [Row]
  /// The smallest p-value that so few seeds can give the difference of two contenders; above 0.05, no difference can show.
  public let smallestPValue: Double

  /// Ranks the results of a study.
  ///
  /// - Parameters:
  ///   - results: the results, with at least one run of each contender that took part.
  ///   - objective: the objective of the study.
  ///   - target: the value of the objective that counts as reached; nil for none.
  /// - Throws: `GliaError` if there are no runs, or not the same seeds for all.
  public init(_ results: [StudyResult], objective: ExperimentObjective, target: Double?) throws {
    // Lower is better, and infinity is worst.
    let scores = results.map { $0.values.map { objective.score($0) } }
    let present = results.indices.filter { results[$0].absence == nil }
    let medians = try scores.enumerated().map { try present.contains($0) ? Quantiles.median($1) : .infinity }
    let order = present.sorted { (medians[$0], $0) < (medians[$1], $1) }
    let count = present.first.map { scores[$0].count } ?? 0
    // The best is chosen by the same runs, so the correction counts the tests of all pairs.
    let pairs = order.indices.flatMap { first in ((first + 1)..<max(order.count, first + 1)).map { (first, $0) } }
    let pValues = try HolmCorrection.corrected(
      pairs.map { try WilcoxonTest(scores[order[$0]], scores[order[$1]]).pValue })
    smallestPValue = Self.smallestPValue(contenders: order.count, seeds: count)
    let ranked = try order.enumerated().map { place, index in
      let result = results[index]
      func median(_ values: [Double?]) throws -> Double? {
        let median = try Quantiles.median(values.map { $0.map(objective.score) ?? .infinity })
        return median.isFinite ? objective.value(fromLower: median) : nil
      }
      func medianOf(_ costs: [Double?]) throws -> Double? {
        let median = try Quantiles.median(costs.map { $0 ?? .infinity })
        return median.isFinite ? median : nil
      }
      let interval = try Quantiles.medianInterval(scores[index])
      let ends = [interval.low, interval.high].map { $0.isFinite ? objective.value(fromLower: $0) : nil }
      let reached = result.runs.map { run in
        target.flatMap { run.epoch(reaching: $0, of: objective) }
      }
      return Row(
        index: index, name: result.contender, median: try median(result.runs.map(\.value)),
        interval: objective.higherIsBetter ? (ends[1], ends[0]) : (ends[0], ends[1]),
        training: try median(result.runs.map { $0.training?[objective.metric] }),
        test: result.runs.contains { $0.test != nil }
          ? try median(result.runs.map { $0.test?[objective.metric] }) : nil,
        stepsToTarget: try medianOf(reached.map { $0.map { Double($0.steps) } }),
        secondsToTarget: try medianOf(
          zip(result.runs, reached).map { run, epoch in
            epoch.map { epoch in run.history.prefix(epoch.number).reduce(0) { $0 + $1.seconds } }
          }),
        seconds: result.runs.reduce(0) { $0 + $1.seconds } / Double(max(count, 1)),
        diverged: result.runs.count { $0.diverged },
        tuning: result.tuning.first.map { before in
          (before, objective.value(fromLower: result.tuning.map(objective.score).min() ?? before))
        }, pValue: place == 0 ? nil : zip(pairs, pValues).first { $0.0 == (0, place) }?.1,
        absence: nil)
    }
    rows = ranked + results.indices.filter { results[$0].absence != nil }.map { Row(absent: results[$0], index: $0) }
  }
}

extension StudyRanking.Row {
  /// The row of a contender that took no part.
  fileprivate init(absent result: StudyResult, index: Int) {
    self.init(
      index: index, name: result.contender, median: nil, interval: (nil, nil), training: nil, test: nil,
      stepsToTarget: nil, secondsToTarget: nil, seconds: 0, diverged: 0, tuning: nil, pValue: nil,
      absence: result.absence)
  }
}

extension StudyRanking {
  /// The smallest p-value of a pair that so many seeds can give, after the correction for all pairs of contenders.
  public static func smallestPValue(contenders: Int, seeds: Int) -> Double {
    let pairs = Double(max(contenders * (contenders - 1) / 2, 1))
    return pairs * 2 * Double(sign: .plus, exponent: -min(seeds, 1000), significand: 1)
  }
}

extension ExperimentObjective {
  /// The value for statistics: lower is better, and everything that is not finite is infinite.
  func score(_ value: Double) -> Double { value.isFinite ? self.value(fromLower: value) : .infinity }
}

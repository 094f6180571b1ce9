import Glia
import GliaStudies

extension FinishedComparison {
  /// An optimizer with its average rank over the problems of a suite, and the p-values of the difference from the best.
  struct AverageRank {
    let name: String
    let average: Double
    /// On how many problems it is the best alone.
    let first: Int
    /// Nil for the best.
    let nemenyi: Double?
    let conover: Double?
  }

  /// The optimizers of a suite by their average ranks, the best first.
  func averageRanks(_ suite: SuiteRanking) -> [AverageRank] {
    let (names, averages) = (comparison.problems[0].study.contenders.map(\.name), suite.scores.averageRanks)
    let order = averages.indices.sorted { (averages[$0], $0) < (averages[$1], $1) }
    return order.enumerated().map { place, index in
      AverageRank(
        name: names[index], average: averages[index], first: suite.scores.ranks.count { $0[index] == 1 },
        nemenyi: place == 0 ? nil : suite.nemenyi.pValues[order[0]][index],
        conover: place == 0 ? nil : suite.conover?.pValues[order[0]][index])
    }
  }

  /// The contents of `comparison.json`: all results but those of single epochs.
  func report(_ suite: SuiteRanking?) throws -> JSON {
    let study = comparison.problems[0].study
    var report: JSON.Object = [
      "name": .string(comparison.name), "stopped": isStopped ? "interrupted" : "completed",
      "optimizers": .array(study.contenders.map { .string($0.name) }), "rates": .string(choiceOfRates),
      "tuning_trials": JSON(study.tuningTrials), "seeds": JSON(study.seeds),
      "problems": .array(try problems.map { try $0.report }),
    ]
    if let suite { report["suite"] = self.suite(suite) }
    report["machine"] = ["processor": .string(Machine.processor), "kernels": .string(Machine.kernels)]
    report["version"] = .string(Model.version)
    return .object(report)
  }

  private func suite(_ suite: SuiteRanking) -> JSON {
    [
      "problems": JSON(problems.count),
      "average_ranks": .array(
        averageRanks(suite).map { row in
          [
            "optimizer": .string(row.name), "average_rank": JSON(row.average), "first_places": JSON(row.first),
            "nemenyi_p": .optional(row.nemenyi), "conover_p": .optional(row.conover),
          ]
        }),
      "critical_difference": JSON(suite.criticalDifference),
      "friedman": ["statistic": JSON(suite.friedman.statistic), "p": JSON(suite.friedman.pValue)],
    ]
  }
}

extension FinishedProblem {
  /// The problem and its ranking as JSON.
  fileprivate var report: JSON {
    get throws {
      [
        "name": .string(compared.problem.name), "objective": .string(objective.place),
        "target": .optional(compared.problem.target), "seeds": JSON(seeds), "length": .string(compared.length),
        "ranking": .array(ranking.rows.map(row)), "experiment": try objective.experiment.json(),
      ]
    }
  }

  private func row(_ row: StudyRanking.Row) -> JSON {
    guard row.absence == nil else {
      return ["optimizer": .string(row.name), "took_no_part": .string(row.absence?.what ?? "")]
    }
    var members: JSON.Object = [
      "optimizer": .string(row.name), "median": .optional(row.median),
      "interval": [.optional(row.interval.low), .optional(row.interval.high)], "training": .optional(row.training),
      "test": .optional(row.test), "steps_to_target": .optional(row.stepsToTarget),
      "seconds_to_target": .optional(row.secondsToTarget), "seconds_per_run": JSON(row.seconds),
      "diverged": JSON(row.diverged), "p": .optional(row.pValue),
    ]
    if let tuning = row.tuning {
      members["tuning"] = [
        "before": JSON(tuning.before), "after": JSON(tuning.after), "settings": .object(results[row.index].settings),
      ]
    }
    return .object(members)
  }
}

extension JSON {
  /// A number, or null for none.
  fileprivate static func optional(_ number: Double?) -> JSON { number.map { JSON($0) } ?? .null }
}

import Glia
import GliaStudies

extension FinishedProblem {
  /// The settings that tuning chose as JSON; empty without tuning.
  fileprivate func settingsText(of contender: Int) -> String {
    let settings = results[contender].settings
    return settings.isEmpty ? "" : JSON.object(settings).compact
  }
}

extension FinishedComparison {
  private func lines(_ problem: FinishedProblem, _ cells: [[String]]) -> String {
    let first = comparison.isSuite ? [CSVText.quoted(problem.compared.problem.name)] : []
    return cells.map { (first + $0).joined(separator: ",") + "\n" }.joined()
  }

  private func table(_ header: [String], _ body: String) -> String {
    ((comparison.isSuite ? ["problem"] : []) + header).joined(separator: ",") + "\n" + body
  }

  /// One line per optimizer, the best first.
  var rankingCSV: String {
    func text(_ number: Double?) -> String { number?.shortest ?? "" }
    let body = problems.map { problem in
      lines(
        problem,
        problem.ranking.rows.enumerated().map { place, row in
          [
            row.absence == nil ? "\(place + 1)" : "", CSVText.quoted(row.name), text(row.median),
            text(row.interval.low), text(row.interval.high),
            text(row.training), text(row.test), text(row.stepsToTarget), text(row.tuning?.before),
            text(row.tuning?.after), "\(row.diverged)", "\(row.absence == nil ? problem.seeds : 0)", text(row.pValue),
            CSVText.quoted(problem.settingsText(of: row.index)), CSVText.quoted(row.absence?.what ?? ""),
          ]
        })
    }
    return table(
      [
        "rank", "optimizer", "median", "low", "high", "training", "test", "steps_to_target", "before_tuning",
        "after_tuning",
        "diverged", "runs", "p", "settings", "took_no_part",
      ], body.joined())
  }

  /// One line per epoch of every run.
  var epochsCSV: String {
    guard let first = problems.first else { return "" }
    func columns(_ problem: FinishedProblem) -> [String] {
      problem.objective.experiment.training.columns(hasValidation: problem.compared.preparation.validation != nil)
    }
    // The problems of a suite have different metrics, but the same losses.
    let common = problems.dropFirst().reduce(columns(first)) { known, problem in
      let own = columns(problem)
      return known.filter(own.contains)
    }
    let body = problems.map { problem in
      lines(
        problem,
        problem.results.flatMap { result in
          result.runs.flatMap { run in
            run.history.map { epoch in
              [CSVText.quoted(result.contender), "\(run.seed)"] + epoch.cells(common) + [run.stopReason.rawValue]
            }
          }
        })
    }
    return table(["optimizer", "seed"] + common.map(CSVText.quoted) + ["stopped"], body.joined())
  }

  /// One line per optimizer of a suite, the best first.
  func averageRanksCSV(_ suite: SuiteRanking) -> String {
    let lines = averageRanks(suite).enumerated().map { place, row in
      [
        "\(place + 1)", CSVText.quoted(row.name), row.average.shortest, "\(row.first)", row.nemenyi?.shortest ?? "",
        row.conover?.shortest ?? "",
      ]
    }
    return ([["rank", "optimizer", "average_rank", "first_places", "nemenyi_p", "conover_p"]] + lines).map {
      $0.joined(separator: ",") + "\n"
    }.joined()
  }

  /// One line per tuning trial.
  var tuningCSV: String {
    let body = problems.map { problem in
      lines(
        problem,
        problem.results.flatMap { result in
          result.tuning.enumerated().map { index, value in
            [CSVText.quoted(result.contender), "\(index + 1)", value.isFinite ? value.shortest : ""]
          }
        })
    }
    return table(["optimizer", "trial", "objective"], body.joined())
  }
}

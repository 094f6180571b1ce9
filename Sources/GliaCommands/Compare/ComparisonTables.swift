import Glia
import GliaStudies

extension FinishedProblem {
  /// The optimizers from best to worst as a table for the terminal, with what the test says.
  func text(rates: String) -> String {
    let (study, target) = (compared.study, compared.problem.target)
    let hasTest = ranking.rows.contains { $0.test != nil }
    let metric = objective.metric
    let rows = ranking.rows.map { row -> [String] in
      let ends = [row.interval.low, row.interval.high].map { $0?.brief ?? "∞" }
      var cells = [row.name, row.median?.brief ?? "diverged", row.median == nil ? "—" : "\(ends[0]) … \(ends[1])"]
      cells.append(row.training?.brief ?? "—")
      if hasTest { cells.append(row.test?.brief ?? "—") }
      if target != nil { cells.append(row.stepsToTarget.map { Int($0.rounded()).grouped } ?? "—") }
      cells += [row.seconds.asDuration, "\(row.diverged)/\(study.seeds)"]
      cells.append(row.index == ranking.rows[0].index ? "best" : row.pValue?.asPValue ?? "—")
      return cells
    }
    let header =
      ["optimizer", objective.part == .training ? metric : "validation \(metric)", "95 % interval", "train"]
      + (hasTest ? ["test"] : []) + (target.map { ["steps to \($0.brief)"] } ?? [])
      + ["time per run", "diverged", "p"]
    let table = TextTable(
      header: header, alignment: [.left] + Array(repeating: .right, count: header.count - 1), rows: rows)
    return """

        \(compared.heading) · \(rates) · \(study.seeds.counted("seed")) from \(study.runSeeds.first ?? 0)

      \(table.description.indented.indented)

      \(remark.indented.indented)
      \(tuning)
      """
  }

  /// What tuning brought each optimizer, and the settings that it chose; empty without tuning.
  private var tuning: String {
    guard ranking.rows.contains(where: { $0.tuning != nil }) else { return "" }
    let rows = ranking.rows.map { row in
      let chosen = results[row.index].settings.map { "\($0.key.lastPart) \($0.value.plainText)" }
      return [
        row.name, row.tuning?.before.brief ?? "—", row.tuning?.after.brief ?? "—",
        row.tuning == nil ? "nothing to tune" : chosen.isEmpty ? "as before" : chosen.joined(separator: ", "),
      ]
    }
    let table = TextTable(
      header: ["tuning", "before", "after", "settings"], alignment: [.left, .right, .right, .left], rows: rows)
    return "\n\(table.description.indented.indented)\n"
  }

  /// What the p-values mean.
  private var remark: String {
    guard ranking.rows.count > 1 else { return "medians over the seeds" }
    guard ranking.smallestPValue <= 0.05 else {
      return "p: differences from the best; \(compared.study.seeds.counted("seed")) are too few to show any at 5 % "
        + "(Wilcoxon, Holm): use --seeds \(ranking.seedsNeeded) or more"
    }
    let worse = ranking.rows.dropFirst().filter { ($0.pValue ?? 1) < 0.05 }.map(\.name)
    return worse.isEmpty
      ? "p: differences from the best (Wilcoxon, Holm); none is significant at 5 %"
      : "p: differences from the best (Wilcoxon, Holm); significantly worse at 5 %: \(worse.joined(separator: ", "))"
  }
}

extension StudyRanking {
  /// The number of seeds from which on a difference can be significant at 5 %.
  fileprivate var seedsNeeded: Int {
    (1...1000).first { Self.smallestPValue(contenders: rows.count, seeds: $0) <= 0.05 } ?? 1000
  }
}

extension ComparedProblem {
  /// The name of the problem with its network.
  var heading: String {
    "\(problem.name.isEmpty ? "optimizers" : problem.name.excerpt) · \(preparation.network.shortDescription)"
  }
}

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
            "\(place + 1)", CSVText.quoted(row.name), text(row.median), text(row.interval.low), text(row.interval.high),
            text(row.training), text(row.test), text(row.stepsToTarget), text(row.tuning?.before),
            text(row.tuning?.after), "\(row.diverged)", "\(problem.compared.study.seeds)", text(row.pValue),
            CSVText.quoted(problem.settingsText(of: row.index)),
          ]
        })
    }
    return table(
      [
        "rank", "optimizer", "median", "low", "high", "training", "test", "steps_to_target", "before_tuning",
        "after_tuning",
        "diverged", "runs", "p", "settings",
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

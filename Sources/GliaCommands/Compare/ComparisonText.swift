import Glia
import GliaStudies

extension FinishedProblem {
  /// The optimizers from best to worst as a table for the terminal, with what the test says.
  func text(rates: String) -> String {
    let table = FittedTable(columns)
    let omitted =
      table.omitted.isEmpty ? [] : ["more in \(Comparison.report): \(table.omitted.joined(separator: ", "))"]
    let absent = ranking.rows.compactMap { row in
      row.absence.map { error in
        "took no part: \(error.what.contains(row.name) ? "" : "\(row.name): ")\(error.what.visible(limit: 300))"
      }
    }
    let target = table.omitted.contains("steps") ? nil : compared.problem.target
    let steps = target.map { ["steps: until the \(quantity) is \($0.brief)"] } ?? []
    let remarks = ([remark] + steps + absent + omitted).map { $0.wrapped(margin: 2) }.joined(separator: "\n")
    let heading = [compared.heading, objective.metric, rates, compared.length, seedsText].joined(separator: " · ")
    return """

      \(heading.wrapped(to: 78, separator: " · ").indented)

      \(table.table.description.indented.indented)

      \(remarks.indented.indented)
      \(tuning)
      """
  }

  private var columns: [TableColumn] {
    let rows = ranking.rows
    func column(
      _ header: String, omission: Int? = nil, _ cell: (StudyRanking.Row) -> String
    ) -> TableColumn {
      TableColumn(header: header, cells: rows.map { $0.absence == nil ? cell($0) : "—" }, omission: omission)
    }
    var columns = [
      TableColumn(header: "optimizer", cells: rows.map(\.name), alignment: .left),
      column(objective.part == .training ? "training" : "validation") { $0.median?.brief ?? "diverged" },
      column("95 % interval") { row in
        let ends = [row.interval.low, row.interval.high].map { $0?.brief ?? "∞" }
        return row.median == nil ? "—" : ends.joined(separator: ends.contains { $0.hasPrefix("-") } ? " … " : "–")
      },
    ]
    if objective.part != .training { columns.append(column("train", omission: 2) { $0.training?.brief ?? "—" }) }
    if rows.contains(where: { $0.test != nil }) {
      columns.append(column("test", omission: 1) { $0.test?.brief ?? "—" })
    }
    if compared.problem.target != nil {
      columns.append(column("steps", omission: 3) { $0.stepsToTarget.map { Int($0.rounded()).grouped } ?? "—" })
    }
    columns.append(column("time", omission: 4) { $0.seconds.asDuration })
    if rows.contains(where: { $0.diverged > 0 }) {
      columns.append(column("diverged", omission: 0) { "\($0.diverged)/\(seeds)" })
    }
    columns.append(column("p") { $0.index == rows[0].index ? "best" : $0.pValue?.asPValue ?? "—" })
    return columns
  }

  /// What tuning brought each optimizer, and the settings that it chose, one per line; empty without tuning.
  private var tuning: String {
    guard ranking.rows.contains(where: { $0.tuning != nil }) else { return "" }
    let rows = ranking.rows.filter { $0.absence == nil }.flatMap { row -> [[String]] in
      let chosen = results[row.index].settings.map { "\($0.key.lastPart) \($0.value.briefText)" }
      let words = row.tuning == nil ? ["nothing to tune"] : chosen.isEmpty ? ["as before"] : chosen
      let lines = words.enumerated().map { $0 + 1 < words.count ? "\($1)," : $1 }.wrapped(to: 32, separator: " ")
      return lines.enumerated().map { index, line in
        index > 0
          ? ["", "", "", line] : [row.name, row.tuning?.before.brief ?? "—", row.tuning?.after.brief ?? "—", line]
      }
    }
    let table = TextTable(
      header: ["tuning", "before", "after", "settings"], alignment: [.left, .right, .right, .left], rows: rows)
    return "\n\(table.description.indented.indented)\n"
  }

  /// What the p-values mean.
  private var remark: String {
    let compared = ranking.rows.filter { $0.absence == nil }
    guard compared.count > 1 else { return compared.isEmpty ? "no optimizer fits" : "medians over the seeds" }
    guard ranking.smallestPValue <= 0.05 else {
      return "p: differences from the best; \(seeds.counted("seed")) \(seeds == 1 ? "is" : "are") too few to show any "
        + "at 5 % (Wilcoxon, Holm): use --seeds \(seedsNeeded(for: compared.count)) or more"
    }
    let worse = compared.dropFirst().filter { ($0.pValue ?? 1) < 0.05 }.map(\.name)
    return worse.isEmpty
      ? "p: differences from the best (Wilcoxon, Holm); none is significant at 5 %"
      : "p: differences from the best (Wilcoxon, Holm); significantly worse at 5 %: \(worse.joined(separator: ", "))"
  }

  /// The number of seeds from which on a difference can be significant at 5 %.
  private func seedsNeeded(for contenders: Int) -> Int {
    (1...1000).first { StudyRanking.smallestPValue(contenders: contenders, seeds: $0) <= 0.05 } ?? 1000
  }
}

extension ComparedProblem {
  /// The name of the problem with its network.
  var heading: String {
    "\(problem.name.isEmpty ? "optimizers" : problem.name.excerpt) · \(preparation.network.shortDescription)"
  }
}

extension FinishedComparison {
  /// The average ranks, with what the tests say.
  func text(_ suite: SuiteRanking) -> String {
    let rows = averageRanks(suite)
    let table = TextTable(
      header: ["optimizer", "average rank", "first", "Nemenyi", "Conover"],
      alignment: [.left, .right, .right, .right, .right],
      rows: rows.map { row in
        [
          row.name, row.average.brief, "\(row.first)", row.nemenyi?.asPValue ?? "best",
          row.nemenyi == nil ? "" : row.conover?.asPValue ?? "—",
        ]
      })
    let p = "Friedman's test, p \(suite.friedman.pValue.asPValue)"
    let remarks = [
      suite.friedman.pValue < 0.05 ? "the optimizers differ (\(p))" : "no difference shows over so few problems (\(p))",
      "critical difference of average ranks at 5 %: \(suite.criticalDifference.brief)",
    ]
    let few = problems.count < 8 ? ["these tests are only reliable from about 8 problems on"] : []
    let heading = [
      "\(comparison.name.excerpt) · average ranks over \(problems.count.counted("problem"))\(stopped)", choiceOfRates,
    ]
    return """

      \(heading.joined(separator: " · ").wrapped(to: 78, separator: " · ").indented)

      \(table.description.indented.indented)

      \((remarks + few).map { $0.wrapped(margin: 2) }.joined(separator: "\n").indented.indented)

      """
  }
}

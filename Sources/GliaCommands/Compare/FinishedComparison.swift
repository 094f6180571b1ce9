import Glia
import GliaStudies
import GliaVisuals

/// The results of a comparison: its files, and what is printed.
struct FinishedComparison {
  let comparison: Comparison
  let problems: [FinishedProblem]

  /// Whether every run diverged.
  var allDiverged: Bool {
    let runs = problems.flatMap(\.results).flatMap(\.runs)
    return !runs.isEmpty && runs.allSatisfy(\.diverged)
  }

  /// Writes the files; returns the results for the terminal.
  func write() throws -> String {
    guard !problems.isEmpty else { return "" }
    let folder = comparison.folder
    try AtomicFile.write(rankingCSV, to: folder.file(Comparison.ranking))
    try AtomicFile.write(epochsCSV, to: folder.file(Comparison.epochs))
    var files = [Comparison.ranking, Comparison.epochs]
    folder.remove([Comparison.tuning] + Comparison.pictures + Comparison.suitePictures)
    if problems.contains(where: { $0.results.contains { !$0.tuning.isEmpty } }) {
      try AtomicFile.write(tuningCSV, to: folder.file(Comparison.tuning))
      files.append(Comparison.tuning)
    }
    Interruption.heed(false)
    for problem in problems {
      let own = comparison.folder(of: problem.compared)
      if comparison.isSuite {
        try own.make()
        own.remove(Comparison.pictures)
      }
      let names = problem.draw(rates: choiceOfRates, into: own)
      if !comparison.isSuite { files += names }
    }
    let suite = comparison.isSuite && problems.count > 1 ? try ranking() : nil
    if let suite { files += draw(suite, into: folder) }
    return try text(suite, files: files)
  }

  /// How the learning rates were chosen.
  var choiceOfRates: String {
    let trials = problems.first?.compared.study.tuningTrials ?? 0
    guard trials == 0 else { return "each tuned with \(trials.counted("trial"))" }
    return OptimizerChoice.choiceOfRates(
      given: comparison.choices.count { $0.rate != nil }, of: comparison.choices.count)
  }

  private func ranking() throws -> SuiteRanking? {
    guard comparison.choices.count > 1 else { return nil }
    return try SuiteRanking(
      problems.map { ($0.ranking, $0.objective, $0.compared.problem.target != nil) })
  }

  private func text(_ suite: SuiteRanking?, files: [String]) throws -> String {
    let folder = comparison.folder
    let parts = problems.map { $0.text(rates: choiceOfRates) } + (suite.map { [text($0)] } ?? [])
    let others = comparison.isSuite ? "\n        and a folder with the plots of each problem" : ""
    return parts.joined(separator: "\n") + """

          in \(folder.path.excerpt)
      \(files.wrapped(to: 76).map { "      \($0)" }.joined(separator: "\n"))\(others)

      """
  }

  /// The average ranks, with what the tests say.
  private func text(_ suite: SuiteRanking) -> String {
    let names = comparison.problems[0].study.contenders.map(\.name)
    let ranks = suite.scores.averageRanks
    let best = ranks.indices.min { ranks[$0] < ranks[$1] } ?? 0
    let rows = ranks.indices.sorted { ranks[$0] < ranks[$1] }.map { index in
      [
        names[index], ranks[index].brief, "\(suite.scores.ranks.count { $0[index] == 1 })",
        index == best ? "best" : suite.nemenyi.pValues[best][index].asPValue,
        index == best ? "" : suite.conover?.pValues[best][index].asPValue ?? "—",
      ]
    }
    let table = TextTable(
      header: ["optimizer", "average rank", "first", "Nemenyi", "Conover"],
      alignment: [.left, .right, .right, .right, .right], rows: rows)
    let difference =
      suite.friedman.pValue < 0.05
      ? "the optimizers differ (Friedman's test, p \(suite.friedman.pValue.asPValue))"
      : "no difference shows over so few problems (Friedman's test, p \(suite.friedman.pValue.asPValue))"
    return """

        \(comparison.name.excerpt) · average ranks over \(problems.count.counted("problem")), \(choiceOfRates)

      \(table.description.indented.indented)

          \(difference); critical difference at 5 %: \(suite.criticalDifference.brief)\(problems.count < 8 ? "\n    these tests are only reliable from about 8 problems on" : "")

      """
  }
}

extension Double {
  /// A p-value with two significant digits.
  var asPValue: String { self < 0.001 ? "< 0.001" : brief(digits: 2) }

  private func brief(digits: Int) -> String {
    let scale = self < 0.01 ? 10_000.0 : self < 0.1 ? 1000 : 100
    return ((self * scale).rounded() / scale).brief
  }
}

import Glia
import GliaStudies
import GliaVisuals

/// The results of a comparison: its files, and what is printed.
struct FinishedComparison {
  let comparison: Comparison
  let problems: [FinishedProblem]
  /// Whether it was interrupted, perhaps before everything was trained.
  let isStopped: Bool

  /// Whether every run diverged.
  var allDiverged: Bool {
    let runs = problems.flatMap(\.results).flatMap(\.runs)
    return !runs.isEmpty && runs.allSatisfy(\.diverged)
  }

  /// Writes the files; returns the results for the terminal.
  func write() throws -> String {
    guard !problems.isEmpty else {
      Console.note("nothing was finished that can be compared")
      return ""
    }
    let folder = comparison.folder
    let suite = comparison.isSuite && problems.count > 1 ? try ranking() : nil
    var files: [String] = []
    func write(_ text: String, _ name: String) throws {
      try AtomicFile.write(text, to: folder.file(name))
      files.append(name)
    }
    try write(rankingCSV, Comparison.ranking)
    try write(epochsCSV, Comparison.epochs)
    folder.remove([Comparison.tuning, Comparison.averageRanks] + Comparison.pictures + Comparison.suitePictures)
    if problems.contains(where: { $0.results.contains { !$0.tuning.isEmpty } }) {
      try write(tuningCSV, Comparison.tuning)
    }
    if let suite { try write(averageRanksCSV(suite), Comparison.averageRanks) }
    try write(report(suite).text() + "\n", Comparison.report)
    files.append(OutputFolder.log)
    Interruption.heed(false)
    for problem in problems where !comparison.options.noPlots {
      let own = comparison.folder(of: problem.compared)
      if comparison.isSuite {
        try own.make()
        own.remove(Comparison.pictures)
      }
      let names = problem.draw(rates: choiceOfRates, into: own)
      if !comparison.isSuite { files += names }
    }
    if let suite, !comparison.options.noPlots { files += draw(suite, into: folder) }
    return try text(suite, files: files)
  }

  /// How the learning rates were chosen.
  var choiceOfRates: String {
    let trials = problems.first?.compared.study.tuningTrials ?? 0
    guard trials == 0 else { return "each tuned with \(trials.counted("trial"))" }
    return OptimizerChoice.choiceOfRates(
      given: comparison.choices.count { $0.rate != nil }, of: comparison.choices.count)
  }

  /// Says that not all problems were finished; empty if they were.
  var stopped: String {
    let all = comparison.problems.count
    return problems.count < all ? " · stopped after \(problems.count) of \(all.counted("problem"))" : ""
  }

  private func ranking() throws -> SuiteRanking? {
    guard comparison.choices.count > 1 else { return nil }
    return try SuiteRanking(
      problems.map { ($0.ranking, $0.objective, $0.compared.problem.target != nil) })
  }

  private func text(_ suite: SuiteRanking?, files: [String]) throws -> String {
    let folder = comparison.folder
    let parts = problems.map { $0.text(rates: choiceOfRates) } + (suite.map { [text($0)] } ?? [])
    let others =
      comparison.isSuite && !comparison.options.noPlots ? "\n        and a folder with the plots of each problem" : ""
    return parts.joined(separator: "\n") + """

          in \(folder.path.excerpt)
      \(files.wrapped(to: 74).map { "      \($0)" }.joined(separator: "\n"))\(others)

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

import Glia
import GliaStudies

/// A comparison of optimizers on one problem or on a suite of them.
struct Comparison {
  let problems: [ComparedProblem]
  let choices: [OptimizerChoice]
  let isSuite: Bool
  /// The name of the experiment or of the suite.
  let name: String
  let folder: OutputFolder
  let isQuiet: Bool

  static let (ranking, epochs, tuning) = ("ranking.csv", "comparison.csv", "tuning.csv")
  /// The pictures of one problem.
  static let pictures = ["comparison.png", "boundaries.png", "sensitivity.png", "budget.png"]
  /// The pictures of a suite.
  static let suitePictures = ["ranks.png", "critical_difference.png", "profile.png"]

  /// The folder of a problem: that of the comparison, or a part of it for each problem of a suite.
  func folder(of problem: ComparedProblem) -> OutputFolder {
    guard isSuite else { return folder }
    func plain(_ name: String) -> String {
      String(name.map { $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : "-" })
    }
    let own = plain(problem.problem.name)
    let same = problems.filter { plain($0.problem.name) == own }
    guard same.count > 1, let number = same.firstIndex(where: { $0.problem.name == problem.problem.name }) else {
      return OutputFolder(path: folder.file(own))
    }
    return OutputFolder(path: folder.file("\(own)-\(number + 1)"))
  }

  /// Throws if a file cannot be written, before anything is trained.
  func check() throws {
    try folder.check([Self.ranking, Self.epochs, Self.tuning] + (isSuite ? Self.suitePictures : Self.pictures))
    guard isSuite else { return }
    for problem in problems { try folder(of: problem).check(Self.pictures) }
  }

  /// Trains everything; an interruption leaves the problems that were finished.
  func run() throws -> FinishedComparison {
    var finished: [FinishedProblem] = []
    var warnings: Set<String> = []
    for compared in problems where Interruption.signal == nil {
      if isSuite, !isQuiet { Console.note(compared.problem.name.visible(limit: 200)) }
      for warning in try compared.warnings() where warnings.insert(warning).inserted {
        Console.note(warning)
      }
      do { finished.append(try run(compared)) } catch is CancellationError { break }
    }
    return FinishedComparison(comparison: self, problems: finished)
  }

  private func run(_ compared: ComparedProblem) throws -> FinishedProblem {
    var study = compared.study
    study.isInterrupted = { Interruption.signal != nil }
    let width = study.contenders.map(\.name.count).max() ?? 0
    let results = try study.run { progress in
      guard !isQuiet else { return }
      switch progress {
      case .trial(let contender, let number, let value):
        guard number == 1 || number == study.tuningTrials || number % 10 == 0 else { return }
        let text = value.isFinite ? "\(study.objective.metric) \(value.brief)" : "diverged"
        Console.note(
          "\(study.contenders[contender].name.padded(to: width))  tuning \(number)/\(study.tuningTrials)  \(text)")
      case .run(let contender, let run):
        Console.note("\(study.contenders[contender].name.padded(to: width))  \(run.line(study.objective))")
      }
    }
    let sensitivity = study.tuningTrials > 0 ? try study.sensitivity(of: results) : []
    return FinishedProblem(
      compared: compared, results: results,
      ranking: try StudyRanking(results, objective: study.objective, target: compared.problem.target),
      sensitivity: sensitivity)
  }
}

extension ComparedProblem {
  /// Notes and warnings about the training, for the terminal.
  fileprivate func warnings() throws -> [String] {
    let training = try preparation.begin()
    return study.objective.notes.map { "note: \($0)" } + training.warnings.map { "warning: \($0)" }
  }
}

extension StudyRun {
  /// The result in one line.
  fileprivate func line(_ objective: ExperimentObjective) -> String {
    let result = diverged ? "diverged after" : "\(objective.metric) \(value.brief) after"
    return "seed \(seed)  \(result) \(history.count.counted("epoch")), \(seconds.asDuration)"
  }
}

/// A problem with the results of its optimizers.
struct FinishedProblem {
  let compared: ComparedProblem
  let results: [StudyResult]
  let ranking: StudyRanking
  /// The objective against the learning rate, for each optimizer; empty without tuning.
  let sensitivity: [[OptimizerStudy.RatePoint]]

  var objective: ExperimentObjective { compared.study.objective }
}

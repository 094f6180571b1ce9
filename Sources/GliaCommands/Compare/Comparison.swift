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
  let options: ResultOptions

  static let (ranking, epochs, tuning) = ("ranking.csv", "comparison.csv", "tuning.csv")
  static let (averageRanks, report) = ("average_ranks.csv", "comparison.json")
  /// The tables and the report.
  private static let texts = [ranking, epochs, tuning, averageRanks, report, OutputFolder.log]
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

  /// Throws if no optimizer fits any problem, or if a file cannot be written, before anything is trained.
  func check() throws {
    if let first = problems.first, let error = first.absences[0],
      problems.allSatisfy({ $0.absences.count == choices.count })
    {
      throw error.located(in: first.problem)
    }
    try folder.check(Self.texts + (isSuite ? Self.suitePictures : Self.pictures))
    guard isSuite else { return }
    for problem in problems { try folder(of: problem).check(Self.pictures) }
  }

  /// What the runs of all problems have in common.
  var subject: JSON {
    get throws {
      .object(try problems.reduce(into: [:]) { $0[$1.problem.name] = try $1.study.identity })
    }
  }

  /// Trains everything. After an interruption, there are the problems that were finished and, outside of a suite, the seeds with
  /// which all optimizers were trained.
  func run(writing log: StudyLog) throws -> FinishedComparison {
    var finished: [FinishedProblem] = []
    var warnings: Set<String> = []
    for compared in problems where Interruption.signal == nil {
      if isSuite { options.note(compared.problem.name.visible(limit: 200)) }
      for warning in try compared.warnings() where warnings.insert(warning).inserted {
        Console.note(warning)
      }
      do {
        let problem = try run(compared, log)
        if !isSuite || problem.stopped == nil { finished.append(problem) }
      } catch is CancellationError { break }
    }
    let comparison = FinishedComparison(
      comparison: self, problems: finished, isStopped: Interruption.signal != nil)
    if !comparison.isStopped { try log.finish() }
    return comparison
  }

  private func run(_ compared: ComparedProblem, _ log: StudyLog) throws -> FinishedProblem {
    var study = compared.study
    (study.log, study.isInterrupted) = (log, { Interruption.signal != nil })
    let names = study.contenders.map(\.name)
    let width = names.map(\.count).max() ?? 0
    for index in names.indices {
      guard let reason = compared.absences[index] else { continue }
      options.note("\(names[index].padded(to: width))  takes no part: \(reason.what.visible(limit: 200))")
    }
    let results = try study.run { progress in
      switch progress {
      case .trial(let contender, let number, let value):
        guard number == 1 || number == study.tuningTrials || number % 10 == 0 else { return }
        let text = value.isFinite ? "\(study.objective.metric) \(value.brief)" : "diverged"
        options.note("\(names[contender].padded(to: width))  tuning \(number)/\(study.tuningTrials)  \(text)")
      case .run(let contender, let run):
        options.note("\(names[contender].padded(to: width))  \(run.line(study.objective))")
      }
    }
    var sensitivity: [[OptimizerStudy.RatePoint]] = []
    if study.tuningTrials > 0, Interruption.signal == nil {
      do { sensitivity = try study.sensitivity(of: results) } catch is CancellationError {}
    }
    return FinishedProblem(
      compared: compared, results: results,
      ranking: try StudyRanking(results, objective: study.objective, target: compared.problem.target),
      sensitivity: sensitivity)
  }
}

extension ComparedProblem {
  /// Notes and warnings about the training, for the terminal.
  fileprivate func warnings() throws -> [String] {
    let fitting = study.contenders.indices.first { absences[$0] == nil }
    guard let fitting else { return [] }
    let training = try preparation.with(optimizer: study.contenders[fitting].optimizer).begin()
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
  /// The name of the objective with its part.
  var quantity: String { objective.part == .training ? objective.metric : "validation \(objective.metric)" }
  /// The seeds with which all optimizers were trained.
  var seeds: Int { results.map(\.runs.count).max() ?? 0 }
  /// Says that not all seeds were finished; nil if they were.
  var stopped: String? {
    let all = compared.study.seeds
    guard seeds < all, results.contains(where: { $0.absence == nil }) else { return nil }
    return "stopped after \(seeds) of \(all.counted("seed"))"
  }
  /// The number of seeds in words, with the first one.
  var seedsText: String {
    "\(stopped ?? seeds.counted("seed")) from \(compared.study.runSeeds.first ?? 0)"
  }
}

import Glia
import GliaSearch
import GliaStudies

/// A search, from the first trial to the files that it writes.
struct SearchRun: ~Copyable {
  let objective: ExperimentObjective
  let folder: OutputFolder
  private(set) var search: Search
  private let strategy: String

  static let (table, best, log) = ("search.csv", "best.json", "trials.jsonl")
  /// The number of trials if none is given.
  static let usualTrials = 50
  static let pictures = ["search.png", "parallel.png", "slices.png", "importance.png"]
  /// The files besides those of the best training.
  static let fileNames = [table, best, log] + pictures

  /// Creates a search, which continues that of the log in the folder if `isResuming`.
  init(
    _ objective: ExperimentObjective, _ space: SearchSpace, strategy: any SearchStrategy, pruner: (any Pruner)?,
    trials: Int?, jobs: Int, folder: OutputFolder, isResuming: Bool
  ) throws {
    (self.objective, self.folder, self.strategy) = (objective, folder, type(of: strategy).name)
    let log = folder.file(Self.log)
    folder.remove((isResuming ? [] : [Self.log]) + [Self.table])
    let reports = pruner != nil
    search = try Search(
      space, strategy: strategy, trials: trials ?? strategy.length(in: space) ?? Self.usualTrials,
      seed: objective.experiment.training.seed, pruner: pruner, jobs: jobs, log: log, of: objective.identity
    ) { try objective.value(of: $0, reporting: reports) }
    search.isInterrupted = { Interruption.signal != nil }
  }

  /// Runs the trials that are left, and prints each.
  mutating func runTrials(isQuiet: Bool) throws {
    let done = search.finished.count
    if done > 0, !isQuiet { Console.note("resumed after \(done.counted("trial"))") }
    while let trial = try search.next() {
      guard !isQuiet else { continue }
      Console.note(line(trial, best: search.best))
    }
  }

  /// Writes all files; trains the best settings once more for its model, whose test part is measured only here.
  ///
  /// - Returns: the result for the terminal.
  func finish(with figures: (any FigureWriter)?, registry: Registry) throws -> String {
    let trials = search.finished
    let results = SearchResults(
      objective: objective, space: search.space, strategy: strategy, trials: trials,
      importance: try? SearchImportance(of: trials, in: search.space, seed: 0))
    guard let best = trials.best else {
      try AtomicFile.write(results.csv, to: folder.file(Self.table))
      folder.remove([Self.best] + Self.pictures)
      let reasons = Set(trials.map { self.result(of: $0) }).sorted().prefix(3).joined(separator: "; ")
      throw GliaError(
        "none of the \(trials.count.counted("trial")) has a value: \(reasons)", at: folder.file(Self.table).excerpt,
        expected: "at least one trial that can be compared", remedy: "search smaller learning rates",
        category: .divergence)
    }
    let experiment = try objective.experiment(with: best.values)
    try AtomicFile.write(
      experiment.relative(to: folder.path).fileJSON().text() + "\n", to: folder.file(Self.best))
    var run = try TrainingRun(
      Preparation(experiment, with: registry, folder: objective.folder), from: nil, folder: folder)
    try run.train(isQuiet: true, savingEvery: .seconds(30), animates: false)
    var result = try run.finish(replacing: (figures?.fileNames ?? []) + Self.pictures, search: results.json)
    // A search without this file was interrupted.
    try AtomicFile.write(results.csv, to: folder.file(Self.table))
    if let figures {
      result.draw(with: figures, into: folder)
      result.files += results.draw(into: folder)
    }
    return results.text(result, in: folder)
  }

  /// `12/50  loss 0.0813  units 16, learning_rate 0.03`, with a mark if it is the best so far.
  private func line(_ trial: FinishedTrial, best: FinishedTrial?) -> String {
    let digits = "\(search.trials)".count
    let number = String(repeating: " ", count: max(digits - "\(trial.number)".count, 0)) + "\(trial.number)"
    let isBest = best?.number == trial.number
    return
      "trial \(number)/\(search.trials)  \(result(of: trial).padded(to: 14))\(isBest ? "*" : " ") \(trial.settingsText)"
  }

  /// The value of the objective, or why there is none.
  func result(of trial: FinishedTrial) -> String {
    switch trial.outcome {
    case .value(let value): "\(objective.metric) \(objective.value(fromLower: value).brief)"
    case .pruned: "pruned"
    case .failed(let reason): reason
    }
  }
}

extension FinishedTrial {
  /// The values by the last part of their paths: `units 16, learning_rate 0.03`.
  var settingsText: String {
    let names = values.keys.map { $0.split(separator: ".").last.map(String.init) ?? $0 }
    return zip(names, zip(values.keys, values.values)).map { name, setting in
      // Two layers both have units.
      "\(names.count { $0 == name } > 1 ? setting.0 : name) \(setting.1.briefText)"
    }.joined(separator: ", ")
  }
}

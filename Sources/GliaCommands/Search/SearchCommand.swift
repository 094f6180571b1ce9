import ArgumentParser
import Foundation
import Glia
import GliaSearch
import GliaStudies

/// `glia search`.
struct SearchCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Search for good settings of an experiment.",
    discussion: """
      Trains once per trial, each with other values of the settings in --space, and keeps the best. Settings are compared on \
      the validation part (20 % of the samples if the experiment has none) or by --folds; the test part is measured once, \
      for the best.

      A space is PATH=RANGE, repeatable, or a JSON file with an object of them. RANGE is
        sgd,adam             one of these values
        0..0.9               any number between both
        log:1e-4..1          the same, each factor of 10 equally often
        int:2..64            whole numbers; log-int:8..512 likewise
        0..1:0.1             with a step; for log ranges, a factor
      PATH=RANGE if OTHER=VALUE|VALUE is a setting only where another one has such a value.

      Writes search.csv (every trial), best.json (the best experiment), the files of 'glia train' for the best, and plots to \
      glia-output/NAME-search. Every trial is saved in trials.jsonl when it ends; --resume continues an interrupted search with the same experiment options. The \
      trials are the same for any number of --jobs.

      Examples:
        glia search moons --space training.optimizer.learning_rate=log:1e-4..1 --trials 20
        glia search moons --space network.layers.0.units=int:2..32 --space training.optimizer=sgd,adam,rmsprop \\
          --space training.optimizer.learning_rate=log:1e-4..1 --objective accuracy --seeds 3
        glia search spirals --space space.json --strategy tpe --pruner median --jobs 4
        glia search spirals --resume glia-output/spirals-search --trials 100
      """)

  @Argument(help: "A JSON file, a report.json, or a built-in name.", completion: KnownNames.experiment)
  var experiment: String

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A setting and its values, or a JSON file with several; repeatable.", valueName: "path=range|file"))
  var space: [String] = []

  @Option(parsing: .unconditional, help: ArgumentHelp("Number of trials; a grid has all by default.", valueName: "n"))
  var trials: Int?

  @Option(
    help: ArgumentHelp(
      "How points are chosen: bayesian (default), tpe, sobol, random or grid; see 'glia components search_strategy'.",
      valueName: "name|json"), completion: KnownNames.searchStrategy)
  var strategy: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("Seeds that each trial is averaged over.", valueName: "k"))
  var seeds = 1

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Compare settings by K folds of the samples outside of the test part.", valueName: "k"))
  var folds: Int?

  @Option(
    help: ArgumentHelp(
      "Stop bad trials early: median, successive_halving or hyperband.", valueName: "name|json"),
    completion: KnownNames.pruner)
  var pruner: String?

  @OptionGroup
  var study: StudyOptions

  @OptionGroup(title: "Experiment options")
  var options: TrainingOptions

  func validate() throws {
    guard study.resume != nil || !space.isEmpty else {
      throw ValidationError("no search space: give --space, such as training.optimizer.learning_rate=log:1e-4..1.")
    }
  }

  func run(with tool: Tool) throws {
    try study.check(seeds: seeds)
    if let trials, !(1...1_000_000 ~= trials) {
      throw UsageMistake(trials.counted("trial"), at: "--trials", expected: "a whole number from 1 to 1,000,000")
    }
    let source = try ExperimentSource(experiment, in: tool)
    let described = try options.applied(to: source.experiment, with: tool.registry)
    let folder = study.folder(named: "\(described.name)-search")
    let log = folder.file(SearchRun.log)
    // A search without its table was interrupted.
    try study.check(
      log, of: "search", isUnfinished: InputFile.exists(log) && !InputFile.exists(folder.file(SearchRun.table)))
    let space = try SpaceOption.space(space, resuming: study.resume.map { _ in log })
    // What it has may have taken hours, and it is easily forgotten that a folder is in use.
    if study.resume == nil, let other = try? TrialLog(contentsOf: log), !other.trials.isEmpty, other.space != space {
      throw UsageMistake(
        "the folder has the results of a search over other settings", at: log.visible(limit: 4096),
        expected: "another folder", remedy: "choose another with --output, or remove this one")
    }
    let objective = try ExperimentObjective(
      described, study, seeds: seeds, folds: folds, with: tool.registry, folder: source.folder)
    try SpaceOption.check(space, of: objective)
    try folder.check(SearchRun.fileNames + TrainingRun.fileNames + (tool.figures?.fileNames ?? []))
    let earlier = try study.resume.map { _ in try TrialLog(contentsOf: log).settings }
    let pruner =
      try pruner.map { try component($0, "--pruner", tool.registry) }
      ?? earlier?["pruner"].flatMap { $0 == .null ? nil : try tool.registry.make((any Pruner).self, from: $0) }
    var strategy =
      try strategy.map { try component($0, "--strategy", tool.registry) }
      ?? earlier?["strategy"].map { try tool.registry.make((any SearchStrategy).self, from: $0) }
      ?? tool.registry.make((any SearchStrategy).self, named: "bayesian")
    if let count = space.count, count <= trials ?? SearchRun.usualTrials, earlier == nil,
      strategy.length(in: space) == nil
    {
      // Points would be tried again and again.
      study.results.note("note: the space has only \(count.counted("point")), so all are tried (grid)")
      strategy = GridSearch(points: max(count, 1))
    }
    if let count = strategy.length(in: space), let trials, trials < count {
      study.results.note("note: \(trials.grouped) of the \(count.grouped) points are tried, in order")
    }
    try folder.make()
    var run = try SearchRun(
      objective, space, strategy: strategy, pruner: pruner, trials: trials, jobs: study.jobs, folder: folder,
      isResuming: study.resume != nil)
    for note in objective.notes { study.results.note("note: \(note)") }
    Interruption.heed(true)
    try run.runTrials(isQuiet: study.results.quiet)
    if Interruption.signal != nil {
      study.noteResumption(in: folder)
      return try Interruption.check()
    }
    Interruption.heed(false)
    let result = try run.finish(with: study.results.noPlots ? nil : tool.figures, registry: tool.registry)
    try Console.write(result)
  }

  /// The component that an option names, or describes as JSON.
  private func component<Kind>(_ text: String, _ option: String, _ registry: Registry) throws -> Kind {
    try UsageMistake.locating(option) {
      try registry.make(Kind.self, from: text.hasPrefix("{") ? JSON(parsing: text, name: option) : .string(text))
    }
  }
}

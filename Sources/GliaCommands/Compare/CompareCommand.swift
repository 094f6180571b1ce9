import ArgumentParser
import Glia
import GliaSearch
import GliaStudies

/// `glia compare`.
struct CompareCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compare optimizers, fairly.",
    discussion: """
      Trains once per optimizer and seed. With the same seed, all optimizers start from the same weights and see the same \
      batches. They are ranked by the median over the seeds of the loss, or of --objective, on the validation part (20 % of \
      the samples if the experiment has none), which tuning looks at, too; the test part is only reported. \
      Wilcoxon's signed-rank test with Holm's correction tells which differences from the best are more than chance. Solvers \
      such as lbfgs see all samples at once, in one step per epoch, whatever the batch size of the others.

      Without --tune, optimizers without a learning rate use their default, which favors those whose default suits the problem. \
      With --tune N, each is first tuned with N trials over its usual ranges of learning rate, momentum and so on; a rate that is \
      given stays. Then it is trained with fresh seeds.

      A suite is a JSON list of problems, {"experiment": NAME, FILE or OBJECT, "target": X}. Built in are suite:quick (about two \
      minutes for five tuned optimizers on two cores) and suite:full (about a quarter of an hour). Over a suite, optimizers are \
      ranked on every problem; Friedman's and Nemenyi's tests compare their average ranks.

      An optimizer that does not fit a problem of a suite, such as a solver of squared errors in a classification, takes no part \
      there and counts as the last.

      Writes ranking.csv, comparison.csv (every epoch of every run), comparison.json (all results), plots, with --tune tuning.csv, \
      and for a suite average_ranks.csv to glia-output/NAME. Runs that diverge count as the worst; the exit status is 1 only if all \
      diverge. Callbacks that write files are ignored.

      Every run is saved in runs.jsonl when it ends. Control-C writes the results of the seeds that all optimizers have finished; \
      --resume goes on from there. More seeds, trials or optimizers may be added in the same way.

      Examples:
        glia compare moons --optimizers sgd:0.5,momentum,adam:0.01
        glia compare moons --optimizers adam:0.01,lbfgs
        glia compare spirals --optimizers sgd,nesterov,rmsprop,adam --tune 20 --seeds 10 --jobs 2
        glia compare suite:quick --optimizers sgd,momentum,rmsprop,adam,lion --tune 10 --jobs 2
      """)

  @Argument(
    help: "A JSON file, a report.json, a built-in name, or a suite.", completion: KnownNames.experiment)
  var experiment: String

  @Option(
    help: ArgumentHelp("Optimizers to compare, such as sgd:0.5,momentum,adam:0.01.", valueName: "name[:rate],..."),
    completion: KnownNames.optimizer)
  var optimizers: String

  @Option(parsing: .unconditional, help: ArgumentHelp("Tuning trials per optimizer.", valueName: "n"))
  var tune: Int?

  @Option(
    help: ArgumentHelp("How tuning chooses settings; see 'glia components search_strategy'.", valueName: "name"),
    completion: KnownNames.searchStrategy)
  var strategy = "random"

  @Option(parsing: .unconditional, help: ArgumentHelp("Runs per optimizer, from 1 to 1,000.", valueName: "n"))
  var seeds = 5

  @Option(
    help: ArgumentHelp(
      "How long each run is, in place of its epochs: optimizer steps (as many whole epochs as fit), or seconds such as 2s.",
      valueName: "steps|seconds"))
  var budget: StudyBudget?

  @Option(
    name: [.long, .customLong("threshold")], parsing: .unconditional,
    help: ArgumentHelp("Value of the objective that counts as reached.", valueName: "x"))
  var target: Double?

  @OptionGroup
  var study: StudyOptions

  @OptionGroup(title: "Experiment options")
  var options: TrainingOptions

  func validate() throws {
    if options.optimizer != nil || options.learningRate != nil {
      throw ValidationError(
        "--optimizer and --learning-rate are for one optimizer; use --optimizers, such as sgd:0.5,adam.")
    }
  }

  func run(with tool: Tool) throws {
    try study.check(seeds: seeds)
    if let tune, !(1...100_000 ~= tune) {
      throw UsageMistake(tune.counted("trial"), at: "--tune", expected: "a whole number from 1 to 100,000")
    }
    if let target, !target.isFinite {
      throw UsageMistake("target \(target)", at: "--target", expected: "a value of the objective")
    }
    let comparison = try comparison(with: tool)
    try comparison.check()
    let log = comparison.folder.file(OutputFolder.log)
    try study.check(log, of: "comparison", isUnfinished: StudyLog.isUnfinished(at: log))
    try comparison.folder.make()
    Interruption.heed(true)
    let finished = try comparison.run(
      writing: comparison.folder.log(of: comparison.subject, study))
    // What was finished before an interruption is kept.
    let text = Result { try Console.write(finished.write()) }
    if finished.isStopped { study.noteResumption(in: comparison.folder) }
    try Interruption.check()
    try text.get()
    guard finished.allDiverged else { return }
    throw GliaError(
      "all runs diverged", at: "--optimizers", expected: "at least one run that ends with finite numbers",
      remedy: "use smaller learning rates", category: .divergence)
  }

  /// The comparison that the options describe; mistakes come to light before anything is trained.
  private func comparison(with tool: Tool) throws -> Comparison {
    let choices = try OptimizerChoice.list(optimizers)
    try OptimizerChoice.requireDifferent(choices, in: tool.registry)
    let contenders = try choices.map { try $0.contender(isTuned: tune != nil, in: tool.registry) }
    let source = try StudySource(experiment, in: tool)
    let chosen = try UsageMistake.locating("--strategy") {
      try tool.registry.make((any SearchStrategy).self, named: strategy)
    }
    let problems = try source.problems.map { problem, place in
      do {
        return try ComparedProblem(
          problem, contenders, objective: study.metric, options: options, budget: budget, target: target, tool,
          folder: place
        ) { study in
          (study.seeds, study.tuningTrials, study.strategy) = (seeds, tune ?? 0, chosen)
          (study.jobs, study.excludesUnsuitable) = (self.study.jobs, source.isSuite)
        }
      } catch let error as GliaError where source.isSuite {
        throw error.located(in: problem)
      } catch let mistake as UsageMistake where source.isSuite {
        throw UsageMistake(mistake.error.located(in: problem))
      }
    }
    return Comparison(
      problems: problems, choices: choices, isSuite: source.isSuite, name: source.name,
      folder: study.folder(named: source.name), options: study.results)
  }
}

extension GliaError {
  /// The same error in a problem of a suite.
  func located(in problem: StudyProblem) -> GliaError {
    var error = self
    error.place = [problem.name.excerpt, place].compactMap(\.self).joined(separator: ": ")
    return error
  }
}

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

      Writes ranking.csv, comparison.csv (every epoch of every run), plots, and with --tune tuning.csv. Runs that diverge count as \
      the worst; the exit status is 1 only if all diverge. Callbacks that write files are ignored.

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
    help: ArgumentHelp("What is compared: loss or a metric.", valueName: "metric"),
    completion: KnownNames.metric)
  var objective = "loss"

  @Option(
    help: ArgumentHelp(
      "How long each run is, in place of its epochs: optimizer steps (as many whole epochs as fit), or seconds such as 2s.",
      valueName: "steps|seconds"))
  var budget: StudyBudget?

  @Option(
    name: [.long, .customLong("threshold")], parsing: .unconditional,
    help: ArgumentHelp("Value of the objective that counts as reached.", valueName: "x"))
  var target: Double?

  @Option(parsing: .unconditional, help: ArgumentHelp("Trainings that run at the same time.", valueName: "n"))
  var jobs = 1

  @Option(help: ArgumentHelp("Output folder (default: glia-output/NAME).", valueName: "dir"), completion: .directory)
  var output: String?

  @OptionGroup(title: "Experiment options")
  var options: TrainingOptions

  @Flag(help: "Hide progress.")
  var quiet = false

  func validate() throws {
    if options.optimizer != nil || options.learningRate != nil {
      throw ValidationError(
        "--optimizer and --learning-rate are for one optimizer; use --optimizers, such as sgd:0.5,adam.")
    }
  }

  func run(with tool: Tool) throws {
    try UsageMistake.check(jobs: jobs, seeds: seeds)
    if let tune, !(1...100_000 ~= tune) {
      throw UsageMistake(tune.counted("trial"), at: "--tune", expected: "a whole number from 1 to 100,000")
    }
    if let target, !target.isFinite {
      throw UsageMistake("target \(target)", at: "--target", expected: "a value of the objective")
    }
    let choices = try OptimizerChoice.list(optimizers)
    try OptimizerChoice.requireDifferent(choices, in: tool.registry)
    let contenders = try choices.map { try $0.contender(isTuned: tune != nil, in: tool.registry) }
    let source = try StudySource(experiment, in: tool)
    let folder = output.map(OutputFolder.init(path:)) ?? OutputFolder(named: source.name)
    let name = strategy
    let strategy = try UsageMistake.locating("--strategy") {
      try tool.registry.make((any SearchStrategy).self, named: name)
    }
    // Mistakes come to light before anything is trained.
    var problems = try source.problems.map { problem, place in
      do {
        return try ComparedProblem(
          problem, contenders, objective: objective, options: options, budget: budget, target: target, tool,
          folder: place)
      } catch var error as GliaError where source.isSuite {
        error.place = [problem.name.excerpt, error.place].compactMap(\.self).joined(separator: ": ")
        throw error
      }
    }
    for index in problems.indices {
      problems[index].study.seeds = seeds
      (problems[index].study.tuningTrials, problems[index].study.strategy) = (tune ?? 0, strategy)
      problems[index].study.jobs = jobs
    }
    let comparison = Comparison(
      problems: problems, choices: choices, isSuite: source.isSuite, name: source.name, folder: folder, isQuiet: quiet)
    try comparison.check()
    try folder.make()
    Interruption.heed(true)
    let finished = try comparison.run()
    // What was finished before an interruption is kept.
    if finished.problems.isEmpty, Interruption.signal != nil {
      Console.note("nothing was finished, so nothing is written")
    }
    let text = Result { try Console.write(finished.write()) }
    try Interruption.check()
    try text.get()
    guard finished.allDiverged else { return }
    throw GliaError(
      "all runs diverged", at: "--optimizers", expected: "at least one run that ends with finite numbers",
      remedy: "use smaller learning rates", category: .divergence)
  }
}

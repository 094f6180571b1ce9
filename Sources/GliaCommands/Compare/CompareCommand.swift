import ArgumentParser
import GliaCore

/// `glia compare`.
struct CompareCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compare optimizers that start from the same weights and see the same batches.",
    discussion: """
      Trains once per optimizer and seed, with consecutive seeds starting at training.seed. With the same seed, all \
      optimizers start from the same weights and see the same batches. Optimizers without a learning rate use their \
      default. Solvers such as lbfgs see all samples at once, in one step per epoch, whatever the batch size of the others.

      Writes comparison.png, comparison.csv (every epoch of every run) and, for two inputs, boundaries.png (the \
      decision boundaries learned with the first seed). Runs that diverge are counted and reported; the exit status is \
      1 only if all runs diverge. Callbacks that write files are ignored.

      Examples:
        glia compare moons --optimizers sgd:0.5,momentum,adam:0.01
        glia compare moons --optimizers adam:0.01,lbfgs
        glia compare spirals --optimizers sgd,nesterov,rmsprop,adam --seeds 3 --epochs 50 --output runs/optimizers
      """)

  @Argument(help: "A JSON file, a report.json, or a built-in name.", completion: KnownNames.experiment)
  var experiment: String

  @Option(
    help: ArgumentHelp("Optimizers to compare, such as sgd:0.5,momentum,adam:0.01.", valueName: "name[:rate],..."),
    completion: KnownNames.optimizer)
  var optimizers: String

  @Option(parsing: .unconditional, help: ArgumentHelp("Runs per optimizer, from 1 to 1,000.", valueName: "n"))
  var seeds = 5

  @Option(parsing: .unconditional, help: ArgumentHelp("Passes over the training set.", valueName: "n"))
  var epochs: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Target loss (default: a round number between the first and last loss).", valueName: "x"))
  var threshold: Double?

  @Option(help: ArgumentHelp("Output folder (default: glia-output/NAME).", valueName: "dir"), completion: .directory)
  var output: String?

  @Flag(help: "Hide progress.")
  var quiet = false

  func run(with tool: Tool) throws {
    guard (1...1000).contains(seeds) else {
      throw UsageMistake("\(seeds.counted("seed"))", at: "--seeds", expected: "a whole number from 1 to 1000")
    }
    if let threshold, !threshold.isFinite {
      throw UsageMistake("threshold \(threshold)", at: "--threshold", expected: "a loss")
    }
    let source = try ExperimentSource(experiment, in: tool)
    var described = source.experiment
    if let epochs {
      described = try UsageMistake.locating("--epochs") {
        try described.setting("training.epochs", to: JSON(epochs), with: tool.registry)
      }
    }
    let contenders = try [Contender](optimizers, in: described.withoutFiles, with: tool.registry)
    let folder = output.map(OutputFolder.init(path:)) ?? OutputFolder(named: described.name)
    var comparison = Comparison(contenders, of: described, seeds: seeds, threshold: threshold)
    try comparison.prepare(in: source.folder, with: tool.registry)
    try folder.check(Comparison.fileNames)
    try folder.make()
    Interruption.heed(true)
    try comparison.train(isQuiet: quiet)
    let result = Result { try comparison.finish(in: folder) }
    try Interruption.check()
    try result.get()
    if comparison.allDiverged { throw Ending(status: ExitStatus.failure) }
  }
}

import ArgumentParser
import Glia
import GliaSearch
import GliaStudies

/// `glia curve`.
struct CurveCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "curve",
    abstract: "Measure how a result depends on one setting, or on the number of samples.",
    discussion: """
      Trains with each value and several seeds, and measures the training part and the validation part (20 % of the samples \
      if the experiment has none), or the folds. The test part is not used.

      --vary PATH=VALUES gives a validation curve: where both parts are bad, the network learns too little; where only the \
      training part is good, it overfits. --vary samples=VALUES gives a learning curve, which shows whether more samples \
      would help. VALUES is a list, or a range as for 'glia search', of which --points values are tried.

      Writes curve.csv (every run) and curve.png.

      Examples:
        glia curve moons --vary network.layers.0.units=1,2,4,8,16,32 --objective accuracy
        glia curve moons --vary training.optimizer.learning_rate=log:1e-4..10
        glia curve spirals --vary samples=30,100,300,1000,1800 --seeds 3 --jobs 2
      """)

  @Argument(help: "A JSON file, a report.json, or a built-in name.", completion: KnownNames.experiment)
  var experiment: String

  @Option(help: ArgumentHelp("The setting and its values, or samples and numbers.", valueName: "path=values"))
  var vary: String

  @Option(parsing: .unconditional, help: ArgumentHelp("Values of a range, from 2 to 1,000.", valueName: "n"))
  var points = 9

  @Option(
    help: ArgumentHelp("What is measured: loss or a metric.", valueName: "metric"),
    completion: KnownNames.metric)
  var objective = "loss"

  @Option(parsing: .unconditional, help: ArgumentHelp("Runs for each value, from 1 to 1,000.", valueName: "k"))
  var seeds = 5

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Measure K folds of the samples outside of the test part.", valueName: "k"))
  var folds: Int?

  @Option(parsing: .unconditional, help: ArgumentHelp("Values that are tried at the same time.", valueName: "n"))
  var jobs = 1

  @Option(
    help: ArgumentHelp("Output folder (default: glia-output/NAME-curve).", valueName: "dir"), completion: .directory)
  var output: String?

  @OptionGroup(title: "Experiment options")
  var options: TrainingOptions

  @Flag(help: "Hide progress.")
  var quiet = false

  @Flag(help: "Skip the plot.")
  var noPlots = false

  private static let (table, picture) = ("curve.csv", "curve.png")

  func run(with tool: Tool) throws {
    guard 2...1000 ~= points else {
      throw UsageMistake(points.counted("point"), at: "--points", expected: "a whole number from 2 to 1000")
    }
    try UsageMistake.check(jobs: jobs, seeds: seeds)
    let dimension = try UsageMistake.locating("--vary") { try SearchDimension(parsing: vary) }
    let source = try ExperimentSource(experiment, in: tool)
    let described = try options.applied(to: source.experiment, with: tool.registry)
    let folder = output.map(OutputFolder.init(path:)) ?? OutputFolder(named: "\(described.name)-curve")
    let metric = objective
    let objective = try UsageMistake.locating("--objective, --seeds and --folds") {
      try ExperimentObjective(
        described, metric: metric, seeds: seeds, folds: folds, with: tool.registry, folder: source.folder)
    }
    try folder.check([Self.table, Self.picture])
    for note in objective.notes where !quiet { Console.note("note: \(note)") }
    Interruption.heed(true)
    let curve: ScoreCurve
    do {
      curve = try ScoreCurve(
        of: objective, varying: dimension, points: points, jobs: jobs, isInterrupted: { Interruption.signal != nil }
      ) { point in if !quiet { Console.note(point.line(path: dimension.path, objective)) } }
    } catch is CancellationError {
      return try Interruption.check()
    } catch let error as GliaError where error.place?.hasPrefix(dimension.path) == true {
      throw UsageMistake(error.inside("--vary"))
    }
    Interruption.heed(false)
    try folder.make()
    try AtomicFile.write(curve.csv(objective), to: folder.file(Self.table))
    var files = [Self.table]
    if !noPlots {
      folder.remove([Self.picture])
      if let name = folder.draw(try curve.picture(objective), as: Self.picture) { files.append(name) }
    }
    try Console.write(
      """

        \(objective.experiment.name.excerpt) · \(objective.place), medians of \(seeds.counted("seed"))

      \(curve.table(objective).description.indented.indented)

          in \(folder.path.excerpt)
            \(files.joined(separator: "  "))

      """)
  }
}

import ArgumentParser
import Glia
import GliaVisuals

/// `glia plot trajectories`.
struct TrajectoriesPlot: PlotKind {
  static let kind = "trajectories"
  static let configuration = described(
    "Plot the paths of optimizers on a test function or on the loss surface of a network.",
    """
    For a test function, the default optimizers are sgd, momentum, nesterov, rmsprop and adam, each with the best of the \
    learning rates 0.000001, 0.000002, 0.000005, … 1. For an experiment, all optimizers start from the same weights and \
    see the same batches; the plot shows the plane of the two directions along which the weights moved most. Optimizers \
    given without a learning rate use their default.

    Examples:
      glia plot trajectories rosenbrock
      glia plot trajectories himmelblau --start 0,-1 --optimizers momentum:0.005,adam:0.1 --steps 100
      glia plot trajectories moons --optimizers sgd:0.5,adam:0.01 --epochs 50
    """)

  @Argument(
    help: "A test function (ravine, rosenbrock, beale, himmelblau or rastrigin) or an experiment.",
    completion: KnownNames.experiment)
  var function: String

  @Option(
    help: ArgumentHelp("Optimizers to plot, such as sgd:0.001,adam:0.1.", valueName: "name[:rate],..."),
    completion: KnownNames.optimizer)
  var optimizers: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("Steps on a test function, from 1 to 100,000.", valueName: "n"))
  var steps = 200

  @Option(parsing: .unconditional, help: ArgumentHelp("Starting point on a test function.", valueName: "x,y"))
  var start: String?

  @OptionGroup(title: "Experiment options")
  var options: TrainingOptions

  @Flag(help: "Hide progress.")
  var quiet = false

  @OptionGroup(title: "Plot options") var page: PageOptions

  func figure(with tool: Tool) throws -> PlottedFigure {
    guard let surface = Surface.all.first(where: { $0.word == Spelling.folded(function) }) else {
      return try weights(in: tool)
    }
    if let option = options.given {
      throw UsageMistake(
        "\(option) applies only to experiments, and \(surface.word) is a test function", at: option,
        expected: "--steps and --start", remedy: "omit it")
    }
    return try PlottedFigure(figure: ways(on: surface, in: tool))
  }

  /// The learning rates to choose from if none is given.
  private static let rates: [Float] =
    (-6 ... -1).flatMap { exponent in ["1", "2", "5"].compactMap { Float("\($0)e\(exponent)") } } + [1]

  private func ways(on surface: Surface, in tool: Tool) throws -> Trajectories {
    guard (1...100_000).contains(steps) else {
      throw UsageMistake(steps.counted("step"), at: "--steps", expected: "a whole number from 1 to 100000")
    }
    let start = try start.map(Self.place)
    let choices = try OptimizerChoice.list(optimizers ?? "sgd,momentum,nesterov,rmsprop,adam")
    try OptimizerChoice.requireDifferent(choices, in: tool.registry)
    let paths = try choices.map { choice in
      let optimizer = try choice.optimizer(in: tool.registry)
      guard optimizers == nil else {
        return Trajectory(optimizer.nameAndRate.typeset, of: optimizer, on: surface, from: start, steps: steps)
      }
      return Trajectory(choice.name, of: optimizer, bestOf: Self.rates, on: surface, from: start, steps: steps)
    }
    var figure = Trajectories(on: surface, paths)
    let choice =
      optimizers == nil
      ? "each with the best of \(Self.rates.count) learning rates from 0.000001 to 1"
      : OptimizerChoice.choiceOfRates(given: choices.count { $0.rate != nil }, of: choices.count)
    figure.subtitle = "\(steps.counted("step")) · \(choice)"
    return figure
  }

  private static func place(_ text: String) throws -> (x: Double, y: Double) {
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).compactMap { Double($0) }
    guard numbers.count == 2, numbers.allSatisfy({ abs($0) <= 1e6 }) else {
      throw UsageMistake(
        "'\(text.excerpt)' is not a point", at: "--start", expected: "two numbers up to a million, such as -1.5,2")
    }
    return (numbers[0], numbers[1])
  }

  /// The maximum number of samples; more change the surface little but take long.
  private static let mostSamples = 500

  private func weights(in tool: Tool) throws -> PlottedFigure {
    guard start == nil else {
      throw UsageMistake(
        "an experiment starts from its seed", at: "--start", expected: "a test function", remedy: "use --seed")
    }
    let source = try Self.source(function, in: tool)
    let described = try options.applied(to: source.experiment, with: tool.registry).withoutFiles
    let choices = try optimizers.map { try OptimizerChoice.list($0) } ?? []
    try OptimizerChoice.requireDifferent(choices, in: tool.registry)
    let experiments =
      choices.isEmpty ? [described] : try choices.map { try $0.applied(to: described, with: tool.registry) }
    let preparations = try experiments.map { try Preparation($0, with: tool.registry, folder: source.folder) }
    var paths: [WeightPath] = []
    var last: Recording.Moment?
    for preparation in preparations where Interruption.signal == nil {
      var frames = FrameCollector()
      let failure = try Recording.train(preparation, isQuiet: quiet) {
        frames.add($0.network, epoch: $0.epoch)
        last = $0
      }
      var path = WeightPath((preparation.experiment.training.optimizer?.nameAndRate ?? "").typeset)
      for frame in frames.frames { path.record(frame.network, epoch: frame.epoch) }
      if let last, path.epochs.last.map({ $0 < last.epoch }) ?? true { path.record(last.network, epoch: last.epoch) }
      // The figure shows the divergence.
      path.isDiverged = failure != nil
      paths.append(path)
    }
    try Interruption.check()
    guard let last else { throw GliaError("nothing was trained", at: function.excerpt, expected: "an experiment") }
    let step = max(last.samples.count / Self.mostSamples, 1)
    let samples = try last.samples.part(Array(stride(from: 0, to: last.samples.count, by: step))) ?? last.samples
    var figure = try Trajectories(
      of: paths, loss: last.loss, on: samples, classes: last.classes.isEmpty ? nil : last.classes)
    figure.title = "\(described.name) · \(figure.title)"
    let rates = OptimizerChoice.choiceOfRates(
      given: choices.count { $0.rate != nil }, of: choices.count)
    figure.subtitle =
      "\(described.training.epochs.counted("epoch")) · \(rates) · seed \(described.training.seed)"
    figure.page.text = try described.pictureText
    return PlottedFigure(figure: figure)
  }

  private static func source(_ argument: String, in tool: Tool) throws -> ExperimentSource {
    do { return try ExperimentSource(argument, in: tool) } catch var error as GliaError
      where error.category == .missingInput
    {
      let names = Surface.all.map(\.word)
      error.expected = "a test function (\(names.joined(separator: ", "))), \(error.expected ?? "an experiment")"
      error.remedy = Suggestion.nearest(to: argument, among: names).map { "did you mean '\($0)'?" } ?? error.remedy
      throw error
    }
  }
}

extension Surface {
  /// Its name on the command line.
  fileprivate var word: String { name.prefix { $0.isLetter }.lowercased() }
}

import ArgumentParser
import Glia
import GliaVisuals

/// `glia plot trajectories`.
struct TrajectoriesPlot: PlotKind {
  static let kind = "trajectories"
  static let configuration = described(
    "The ways of optimizers over a surface, or of a network's weights over its loss.",
    """
    Over a surface, optimizers that are not named are sgd, momentum, nesterov, rmsprop and adam, each with the best of the \
    rates 0.000001, 0.000002, 0.000005, … 1. Of an experiment, all named optimizers train from the same weights on the same \
    batches, and the plane is that of the two directions along which the weights moved most. An optimizer without a rate \
    takes its default.

    Examples:
      glia plot trajectories rosenbrock
      glia plot trajectories himmelblau --start 0,-1 --optimizers momentum:0.005,adam:0.1 --steps 100
      glia plot trajectories moons --optimizers sgd:0.5,adam:0.01 --epochs 50
    """)

  @Argument(
    help: "One of ravine, rosenbrock, beale, himmelblau and rastrigin, or an experiment.",
    completion: KnownNames.experiment)
  var function: String

  @Option(
    help: ArgumentHelp("Whose ways are drawn, such as sgd:0.001,adam:0.1.", valueName: "name[:rate],..."),
    completion: KnownNames.optimizer)
  var optimizers: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("Steps on a surface, from 1 to 100,000.", valueName: "n"))
  var steps = 200

  @Option(parsing: .unconditional, help: ArgumentHelp("Where steps on a surface begin.", valueName: "x,y"))
  var start: String?

  @OptionGroup(title: "Changes to an experiment")
  var options: TrainingOptions

  @Flag(help: "Show no progress.")
  var quiet = false

  @OptionGroup(title: "The picture") var page: PageOptions

  func figure(with tool: Tool) throws -> PlottedFigure {
    guard let surface = Surface.all.first(where: { $0.word == Spelling.folded(function) }) else {
      return try weights(in: tool)
    }
    if let option = options.given {
      throw UsageMistake(
        "\(option) is for experiments, and \(surface.word) is a surface", at: option, expected: "--steps and --start",
        remedy: "leave it out")
    }
    return try PlottedFigure(figure: ways(on: surface, in: tool))
  }

  /// The rates from which the best is taken where none are given.
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
        "'\(text.excerpt)' is not a place", at: "--start", expected: "two numbers up to a million, such as -1.5,2")
    }
    return (numbers[0], numbers[1])
  }

  /// More samples than this change the plane little and cost much.
  private static let mostSamples = 500

  private func weights(in tool: Tool) throws -> PlottedFigure {
    guard start == nil else {
      throw UsageMistake(
        "an experiment starts from its seed", at: "--start", expected: "a surface", remedy: "use --seed")
    }
    let source = try Self.source(function, in: tool)
    let described = try options.applied(to: source.experiment, with: tool.registry).withoutFiles
    let contenders =
      try optimizers.map { try [Contender]($0, in: described, with: tool.registry) }
      ?? [Contender(described, hasOwnRate: true)]
    let preparations = try contenders.map {
      try Preparation($0.experiment, with: tool.registry, folder: source.folder)
    }
    var paths: [WeightPath] = []
    var last: Recording.Moment?
    for (contender, preparation) in zip(contenders, preparations) where Interruption.signal == nil {
      var frames = FrameCollector()
      let failure = try Recording.train(preparation, isQuiet: quiet) {
        frames.add($0.network, epoch: $0.epoch)
        last = $0
      }
      var path = WeightPath(contender.name.typeset)
      for frame in frames.frames { path.record(frame.network, epoch: frame.epoch) }
      if let last, path.epochs.last.map({ $0 < last.epoch }) ?? true { path.record(last.network, epoch: last.epoch) }
      // The picture tells it.
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
    figure.subtitle =
      "\(described.training.epochs.counted("epoch")) · \(contenders.choiceOfRates) · seed \(described.training.seed)"
    figure.page.text = try described.pictureText
    return PlottedFigure(figure: figure)
  }

  private static func source(_ argument: String, in tool: Tool) throws -> ExperimentSource {
    do { return try ExperimentSource(argument, in: tool) } catch var error as GliaError
      where error.category == .missingInput
    {
      let names = Surface.all.map(\.word)
      error.expected = "a surface (\(names.joined(separator: ", "))), \(error.expected ?? "an experiment")"
      error.remedy = Suggestion.nearest(to: argument, among: names).map { "did you mean '\($0)'?" } ?? error.remedy
      throw error
    }
  }
}

extension Surface {
  /// Its name on the command line.
  fileprivate var word: String { name.prefix { $0.isLetter }.lowercased() }
}

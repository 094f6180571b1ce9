import ArgumentParser
import GliaCore

/// `glia train`.
struct TrainCommand: ToolCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "train", abstract: "Train a network and save what it learned.", discussion: discussion)
  }

  private static var discussion: String {
    """
    EXPERIMENT is a JSON file, the report.json of an earlier run, or a built-in name; a file whose name is a built-in \
    one is written ./NAME. Built in are:
    \(KnownNames.experimentLines)

    Into the output folder go model.safetensors, checkpoint.safetensors (to go on from), history.csv, report.json and \
    pictures, each replacing that of a former run. Press control-C once to stop after the current step with all files \
    written, twice to leave at once.

    A training that diverges ends with exit status 1; its report, history and checkpoint are written, and its model if \
    the weights are still finite.

    Examples:
      glia train moons
      glia train moons --optimizer sgd --learning-rate 0.5 --epochs 500
      glia train moons --set network.layers.0.units=8 --set data.noise=0.2
      glia train moons --optimizer '{"type": "adam", "beta1": 0.8}' --output runs/a
      glia train moons --epochs 400 --resume runs/a/checkpoint.safetensors
    """
  }

  @Argument(
    help: "A JSON file, a report.json, or a built-in name.", completion: KnownNames.experiment)
  var experiment: String

  @Option(help: ArgumentHelp("Where files go (default: glia-output/NAME).", valueName: "dir"), completion: .directory)
  var output: String?

  @OptionGroup(title: "Changes to the experiment")
  var options: TrainingOptions

  @Option(
    help: ArgumentHelp("Start from the tensors of a safetensors file; names and shapes must fit.", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var initialWeights: String?

  @Option(
    help: ArgumentHelp(
      "Go on from a checkpoint.safetensors of the same experiment; --epochs is the total.", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var resume: String?

  @Flag(help: "Show no progress.")
  var quiet = false

  @Flag(help: "Draw no pictures.")
  var noPlots = false

  @Flag(help: "Draw how it learned as an animation, learning.png.")
  var animate = false

  func validate() throws {
    guard initialWeights == nil || resume == nil else {
      throw ValidationError("--initial-weights and --resume exclude each other.")
    }
  }

  func run(with tool: Tool) throws {
    let interruption = Interruption()
    let source = try ExperimentSource(experiment, in: tool)
    let described = try options.applied(to: source.experiment, with: tool.registry)
    var preparation = try Preparation(described, with: tool.registry, folder: source.folder)
    if let initialWeights { try preparation.network.start(fromFile: initialWeights) }
    let checkpoint = try resume.map { try Checkpoint(contentsOf: $0, with: tool.registry) }
    let folder = output.map(OutputFolder.init(path:)) ?? OutputFolder(named: described.name)

    var run = try TrainingRun(preparation, from: checkpoint, folder: folder)
    try folder.prepare(for: TrainingRun.fileNames + (noPlots ? [] : tool.figures?.fileNames ?? []))
    try run.train(isQuiet: quiet, interruption: interruption.request, animates: animate && !noPlots)
    var result = try run.finish()
    let drawing = Result { try result.draw(with: tool.figures, isWanted: !noPlots, in: folder) }
    try Console.write(result.text(in: folder, registry: tool.registry))
    try drawing.get()
    if animate, !noPlots, !quiet, !result.files.contains("learning.png") {
      Console.note("note: there is no animation; it shows how classes are told apart by two inputs")
    }
    if let divergence = run.divergence { throw divergence }
    if let signal = interruption.request.signal { throw Ending(status: 128 + signal) }
  }
}

extension Network {
  /// Takes all its tensors from a file; what a model or checkpoint holds beside them is left out.
  fileprivate mutating func start(fromFile path: String) throws {
    let tensors = try SafeTensors(contentsOf: path).tensors.filter {
      !$0.key.hasPrefix("input.") && !$0.key.hasPrefix("training.")
    }
    do {
      try setAll(tensors.map { ($0.key, $0.value) })
    } catch var error as GliaError {
      error.place = "\(path.excerpt): " + (error.place ?? "tensors")
      throw error
    }
  }
}

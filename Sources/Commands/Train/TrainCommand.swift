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
    pictures, each replacing that of a former run; the callbacks checkpoint, csv_log and layer_statistics add their own, \
    which a run without them leaves alone. Press control-C once to stop after the current step with all files \
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

  @Option(
    help: ArgumentHelp(
      "Cross-validate: train once for each of K folds, which is the test part, into fold-1 … fold-K.", valueName: "k"))
  var folds: Int?

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
    guard folds == nil || resume == nil else { throw ValidationError("--folds and --resume exclude each other.") }
  }

  func run(with tool: Tool) throws {
    let interruption = Interruption()
    let source = try ExperimentSource(experiment, in: tool)
    let described = try options.applied(to: source.experiment, with: tool.registry)
    let folder = output.map(OutputFolder.init(path:)) ?? OutputFolder(named: described.name)
    let failure: (any Error)?
    if let folds {
      failure = try crossValidate(described, source, folds, folder, with: tool, interruption)
    } else {
      let trained = try train(described, source, into: folder, with: tool, interruption)
      try Console.write(trained.result.text(in: folder, registry: tool.registry))
      failure = trained.failure
    }
    if let failure { throw failure }
    if let signal = interruption.request.signal { throw Ending(status: 128 + signal) }
  }

  /// One training with its files; a divergence, or a picture that could not be written, is told after the results.
  private func train(
    _ described: Experiment, _ source: ExperimentSource, into folder: OutputFolder, with tool: Tool,
    _ interruption: Interruption
  ) throws -> (result: TrainingResult, failure: (any Error)?) {
    var preparation = try Preparation(described, with: tool.registry, folder: source.folder)
    if let initialWeights { try preparation.network.start(fromFile: initialWeights) }
    let checkpoint = try resume.map { try Checkpoint(contentsOf: $0, with: tool.registry) }
    var run = try TrainingRun(preparation, from: checkpoint, folder: folder)
    let ownFiles = TrainingRun.fileNames + (tool.figures?.fileNames ?? [])
    try described.training.checkFiles(differFrom: ownFiles)
    try folder.prepare(for: noPlots ? TrainingRun.fileNames : ownFiles)
    for warning in run.training.warnings { Console.note("warning: \(warning)") }
    try run.train(isQuiet: quiet, interruption: interruption.request, animates: animate && !noPlots)
    var result = try run.finish()
    var failure: (any Error)? = run.divergence
    do { try result.draw(with: tool.figures, isWanted: !noPlots, in: folder) } catch { failure = error }
    if animate, !noPlots, !quiet, !result.files.contains("learning.png") {
      Console.note("note: there is no animation; it shows how classes are told apart by two inputs")
    }
    return (result, failure)
  }

  private func crossValidate(
    _ described: Experiment, _ source: ExperimentSource, _ count: Int, _ folder: OutputFolder, with tool: Tool,
    _ interruption: Interruption
  ) throws -> (any Error)? {
    var folds = try FoldsRun(count, in: folder)
    var failure: (any Error)?
    try folder.prepare(for: [FoldsRun.fileName])
    folds.removeOutdated(TrainingRun.fileNames + (tool.figures?.fileNames ?? []))
    for index in 0..<count where interruption.request.signal == nil {
      if !quiet { Console.note("fold \(index + 1) of \(count)") }
      let experiment = try folds.experiment(described, fold: index, with: tool.registry)
      let trained = try train(experiment, source, into: folds.folder(ofFold: index), with: tool, interruption)
      folds.add(trained.result, fold: index)
      failure = failure ?? trained.failure
    }
    try folds.write()
    try Console.write(folds.text)
    return failure
  }
}

extension TrainingSettings {
  /// Refuses callbacks that write the files which the tool writes itself.
  fileprivate func checkFiles(differFrom names: [String]) throws {
    for (index, callback) in callbacks.enumerated() {
      guard let taken = callback.files.first(where: names.contains) else { continue }
      throw GliaError(
        "'\(taken)' is written by glia train itself", at: "training.callbacks.\(index)", expected: "another file",
        remedy: "choose another name", category: .output)
    }
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

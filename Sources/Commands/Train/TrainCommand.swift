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
    which a run without them leaves alone. What a former run left stays until this one has trained. A picture that \
    cannot be drawn is left out with a note.

    Press control-C once to stop after the current step with all files written (but for pictures that take long), twice \
    to leave at once. The signals HUP and TERM do the same, QUIT leaves at once.

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

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How often a checkpoint is written, in seconds: what a crash may cost.", valueName: "x"))
  var checkpointInterval = 30.0

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
    guard checkpointInterval > 0, checkpointInterval < 1e9 else {
      throw UsageMistake(
        "\(checkpointInterval) seconds", at: "--checkpoint-interval", expected: "a number above 0 and below 1e9")
    }
    let source = try ExperimentSource(experiment, in: tool)
    let described = try options.applied(to: source.experiment, with: tool.registry)
    let folder = output.map(OutputFolder.init(path:)) ?? OutputFolder(named: described.name)
    if let folds {
      try crossValidate(described, source, folds, folder, with: tool)
    } else {
      try train(described, source, into: folder, with: tool)
    }
  }

  private func train(
    _ described: Experiment, _ source: ExperimentSource, into folder: OutputFolder, with tool: Tool
  ) throws {
    var preparation = try Preparation(described, with: tool.registry, folder: source.folder)
    if let initialWeights { try preparation.network.start(fromFile: initialWeights) }
    let checkpoint = try resume.map { try Checkpoint(contentsOf: $0, with: tool.registry) }
    var run = try TrainingRun(preparation, from: checkpoint, folder: folder)
    try folder.check(names(of: described, in: tool))
    let result = try finished(&run, with: tool)
    // The exit status tells how it ended even where the terminal was closed.
    let text = Result { try Console.write(result.text(in: folder, registry: tool.registry)) }
    try Interruption.check()
    if let divergence = run.divergence { throw divergence }
    try text.get()
  }

  private func crossValidate(
    _ described: Experiment, _ source: ExperimentSource, _ count: Int, _ folder: OutputFolder, with tool: Tool
  ) throws {
    var folds = try FoldsRun(count, in: folder)
    let data = try Preparation.data(of: described, with: tool.registry, folder: source.folder)
    func run(_ index: Int) throws -> TrainingRun {
      var preparation = try Preparation(
        folds.experiment(described, fold: index, with: tool.registry), on: data, with: tool.registry,
        folder: source.folder)
      if let initialWeights { try preparation.network.start(fromFile: initialWeights) }
      return try TrainingRun(preparation, from: nil, folder: folds.folder(ofFold: index))
    }
    for index in 0..<count { _ = try run(index) }
    let names = try names(of: described, in: tool)
    try folds.check(names)

    var failure: (any Error)?
    for index in 0..<count where Interruption.signal == nil {
      // A signal between two folds is heeded as well.
      Interruption.heed(true)
      if !quiet { Console.note("fold \(index + 1) of \(count)") }
      var run = try run(index)
      folds.add(try finished(&run, with: tool), fold: index)
      if index == 0 { folds.removeOutdated(TrainingRun.fileNames + (tool.figures?.fileNames ?? [])) }
      failure = failure ?? run.divergence
      try folds.write()
    }
    let text = Result { try Console.write(folds.text) }
    try Interruption.check()
    if let failure { throw failure }
    try text.get()
  }

  /// The files that will be written; throws if callbacks write those that the tool writes itself.
  private func names(of described: Experiment, in tool: Tool) throws -> [String] {
    let pictures = tool.figures?.fileNames ?? []
    try described.training.checkFiles(differFrom: TrainingRun.fileNames + pictures)
    return TrainingRun.fileNames + (noPlots ? [] : pictures) + described.training.callbacks.flatMap(\.files)
  }

  /// One training with all its files; the first signal ends it early with them.
  private func finished(_ run: inout TrainingRun, with tool: Tool) throws -> TrainingResult {
    try run.folder.make()
    run.printWarnings()
    Interruption.heed(true)
    defer { Interruption.heed(false) }
    try run.train(isQuiet: quiet, savingEvery: .seconds(checkpointInterval), animates: animate && !noPlots)
    var result = try run.finish(replacing: tool.figures?.fileNames ?? [])
    run.printWarnings(about: result.report.parts.first { $0.name == "train" }?.evaluation)
    Interruption.heed(false)
    guard let figures = tool.figures, !noPlots else { return result }
    result.draw(with: figures, into: run.folder)
    if animate, !quiet, !result.files.contains("learning.png") {
      Console.note("note: there is no animation; it needs a classifier of two inputs")
    }
    return result
  }
}

extension TrainingSettings {
  /// Refuses callbacks that write the files which the tool writes itself.
  fileprivate func checkFiles(differFrom names: [String]) throws {
    for (index, callback) in callbacks.enumerated() {
      guard let taken = names.first(where: callback.writes) else { continue }
      throw GliaError(
        "'\(taken)' is written by glia train itself", at: "training.callbacks.\(index)", expected: "another file",
        remedy: "choose another name")
    }
  }
}

extension Network {
  /// Takes all its tensors from a file; what a model or checkpoint holds beside them is left out.
  fileprivate mutating func start(fromFile path: String) throws {
    let tensors = try SafeTensors(contentsOf: path).tensors.filter {
      !$0.key.hasPrefix("input.") && !$0.key.hasPrefix("target.") && !$0.key.hasPrefix("training.")
    }
    do {
      try setAll(tensors.map { ($0.key, $0.value) })
    } catch var error as GliaError {
      error.place = "\(path.excerpt): " + (error.place ?? "tensors")
      throw error
    }
  }
}

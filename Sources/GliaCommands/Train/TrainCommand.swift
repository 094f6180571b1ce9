import ArgumentParser
import GliaCore

/// `glia train`.
struct TrainCommand: ToolCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "train", abstract: "Train a network and save the model.", discussion: discussion)
  }

  private static var discussion: String {
    """
    EXPERIMENT is a JSON file, the report.json of an earlier run, or a built-in experiment. If a file has the same name \
    as a built-in experiment, write ./NAME. Built-in experiments:
    \(KnownNames.experimentLines)

    Writes model.safetensors, checkpoint.safetensors (for --resume), history.csv, report.json and plots to the output \
    folder. They replace the files of an earlier run, but only after training. The callbacks checkpoint, csv_log and \
    layer_statistics write additional files, which runs without these callbacks leave unchanged. Plots that cannot be \
    drawn are omitted with a note.

    With --folds, predictions.csv has one line for each tested sample: its row in the data (from 1), its fold, its \
    targets, and the columns of 'glia predict'; a target with the name of such a column is called true_NAME. folds.csv \
    has the results of each fold. A split by groups or in an order ("by", "order") makes folds of the same kind.

    Press Control-C once to stop after the current step and write all files (except plots that take long), twice to \
    exit at once. The signals HUP and TERM do the same; QUIT exits at once.

    If training diverges, the exit status is 1. The report, history and checkpoint are written, and the model if its \
    weights are still finite.

    With --ensemble, the members' files are in member-1 … member-K, and model.safetensors predicts the mean of their \
    outputs, without members that diverged or were interrupted.

    Examples:
      glia train moons
      glia train moons --optimizer sgd --learning-rate 0.5 --epochs 500
      glia train moons --set network.layers.0.units=8 --set data.noise=0.2
      glia train moons --set split.validation=0.2 --set training.threshold=f1
      glia train moons --optimizer '{"type": "adam", "beta1": 0.8}' --output runs/a
      glia train moons --folds 5 --repeats 3
      glia train moons --ensemble 5 --seed 1
      glia train moons --epochs 400 --resume runs/a/checkpoint.safetensors
    """
  }

  @Argument(
    help: "A JSON file, a report.json, or a built-in name.", completion: KnownNames.experiment)
  var experiment: String

  @Option(help: ArgumentHelp("Output folder (default: glia-output/NAME).", valueName: "dir"), completion: .directory)
  var output: String?

  @OptionGroup(title: "Experiment options")
  var options: TrainingOptions

  @Option(
    help: ArgumentHelp("Start from the tensors in a safetensors file; names and shapes must match.", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var initialWeights: String?

  @Option(
    help: ArgumentHelp(
      "Resume from a checkpoint.safetensors of the same experiment; --epochs is the total.", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var resume: String?

  @Option(
    help: ArgumentHelp(
      "Cross-validate: train K times, each with another fold as the test set, into fold-1 … fold-K; 'all' leaves out "
        + "one sample, or one group, at a time.", valueName: "k|all"))
  var folds: FoldCount?

  @Option(help: ArgumentHelp("Repeat the cross-validation with other permutations.", valueName: "n"))
  var repeats = 1

  @Option(
    help: ArgumentHelp(
      "Train K networks with the seeds SEED, SEED + 1, …, into member-1 … member-K, and save their average as one model.",
      valueName: "k"))
  var ensemble: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Seconds between checkpoints.", valueName: "x"))
  var checkpointInterval = 30.0

  @Flag(help: "Hide progress.")
  var quiet = false

  @Flag(help: "Skip plots.")
  var noPlots = false

  @Flag(
    help: ArgumentHelp(
      "Draw an animation of the training, learning.png: the boundary of a classifier with two inputs, or the curve or "
        + "surface of a regression with one or two inputs and one output."))
  var animate = false

  func validate() throws {
    guard initialWeights == nil || resume == nil else {
      throw ValidationError("--initial-weights and --resume are mutually exclusive.")
    }
    guard folds != nil || repeats == 1 else { throw ValidationError("--repeats needs --folds.") }
    guard folds == nil || resume == nil else { throw ValidationError("--folds and --resume are mutually exclusive.") }
    if ensemble != nil { try validateEnsemble() }
  }

  func run(with tool: Tool) throws {
    guard checkpointInterval > 0, checkpointInterval < 1e9 else {
      throw UsageMistake(
        "\(checkpointInterval) seconds", at: "--checkpoint-interval", expected: "a number above 0 and below 1e9")
    }
    let source = try ExperimentSource(experiment, in: tool)
    let described = try options.applied(to: source.experiment, with: tool.registry)
    let folder = output.map(OutputFolder.init(path:)) ?? OutputFolder(named: described.name)
    if let ensemble {
      try trainEnsemble(described, source, of: ensemble, folder, with: tool)
    } else if let folds {
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
    // The exit status must be correct even if the terminal was closed.
    let text = Result { try Console.write(result.text(in: folder, registry: tool.registry)) }
    try Interruption.check()
    if let divergence = run.divergence { throw divergence }
    try text.get()
  }

  private func crossValidate(
    _ described: Experiment, _ source: ExperimentSource, _ count: FoldCount, _ folder: OutputFolder, with tool: Tool
  ) throws {
    try FoldPlan.check(count, repeats: repeats)
    let data = try Preparation.data(of: described, with: tool.registry, folder: source.folder)
    let plan = try FoldPlan(count, repeats: repeats, of: described, data)
    var folds = FoldsRun(plan, in: folder)
    func run(_ fold: FoldPlan.Fold) throws -> TrainingRun {
      var preparation = try Preparation(
        plan.experiment(described, fold, with: tool.registry), on: data, with: tool.registry,
        folder: source.folder)
      if let initialWeights { try preparation.network.start(fromFile: initialWeights) }
      return try TrainingRun(preparation, from: nil, folder: folds.folder(of: fold))
    }
    // Mistakes come to light before hours of training; with very many folds, those of the first ones.
    for fold in plan.all.prefix(50) { _ = try run(fold) }
    let names = try names(of: described, in: tool)
    try folds.check(names)

    if let file = described.split?.testFile, !quiet {
      Console.note("note: the folds are the test sets; \(file.excerpt) is not used")
    }
    var failure: (any Error)?
    var printed: Set<String> = []
    for (index, fold) in plan.all.enumerated() where Interruption.signal == nil {
      // Handles signals between folds.
      Interruption.heed(true)
      if !quiet {
        let repetition = plan.repeats > 1 ? ", repeat \(fold.repetition) of \(plan.repeats)" : ""
        Console.note("fold \(fold.number) of \(plan.folds)\(repetition)")
      }
      var run = try run(fold)
      // What is true of all folds is said once.
      run.printed = printed
      try folds.add(try finished(&run, with: tool), fold)
      printed = run.printed
      if index == 0 {
        folds.removeOutdated(TrainingRun.fileNames + (tool.figures?.fileNames ?? []), keeping: fold)
      }
      failure = failure ?? run.divergence
      try folds.write()
    }
    let text = Result { try Console.write(folds.text) }
    try Interruption.check()
    if let failure { throw failure }
    try text.get()
  }

  /// The files to write; throws if a callback writes one of the tool's own files.
  func names(of described: Experiment, in tool: Tool) throws -> [String] {
    let pictures = tool.figures?.fileNames ?? []
    try described.training.checkFiles(differFrom: TrainingRun.fileNames + pictures)
    return TrainingRun.fileNames + (noPlots ? [] : pictures) + described.training.callbacks.flatMap(\.files)
  }

  /// Trains once and writes all files; the first signal stops training early, but the files are still written.
  func finished(_ run: inout TrainingRun, with tool: Tool) throws -> TrainingResult {
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
    return result
  }
}

extension TrainingSettings {
  /// Throws if a callback writes one of the tool's own files.
  fileprivate func checkFiles(differFrom names: [String]) throws {
    for (index, callback) in callbacks.enumerated() {
      guard let taken = names.first(where: callback.writes) else { continue }
      throw GliaError(
        "'\(taken)' is written by glia train itself", at: "training.callbacks.\(index)", expected: "a different file",
        remedy: "choose another name")
    }
  }
}

extension Network {
  /// Loads all its tensors from a file; other tensors of a model or checkpoint are ignored.
  fileprivate mutating func start(fromFile path: String) throws {
    let tensors = try SafeTensors(contentsOf: path).tensors.filter {
      !$0.key.hasPrefix("input.") && !$0.key.hasPrefix("target.") && !$0.key.hasPrefix("training.")
    }
    do {
      try setAll(tensors.map { ($0.key, $0.value) })
    } catch var error as GliaError {
      error.place = "\(path.visible(limit: 4096)): " + (error.place ?? "tensors")
      throw error
    }
  }
}

import GliaCore

/// A training run, from the first step to the files it writes.
struct TrainingRun: ~Copyable {
  let preparation: Preparation
  let folder: OutputFolder
  private(set) var training: Training
  private(set) var frames = FrameCollector()
  /// Why training diverged, if it did.
  private(set) var divergence: GliaError?
  /// The warnings printed so far.
  var printed: Set<String> = []
  /// The error of a callback that could not write its file.
  private var unwritten: GliaError?

  static let modelName = "model.safetensors"
  static let checkpointName = "checkpoint.safetensors"
  static let fileNames = [modelName, checkpointName, "history.csv", "report.json"]

  /// Creates a new training run, one that continues from `checkpoint`, or one that starts from that of another experiment.
  init(
    _ preparation: Preparation, from checkpoint: Checkpoint?, forking other: Checkpoint? = nil, folder: OutputFolder
  ) throws {
    var training = try preparation.begin()
    training.folder = folder.path
    if let other {
      let fork = try training.fork(from: other)
      Console.note("note: \(fork)")
      if let warning = fork.warning { Console.note("warning: \(warning)") }
    }
    if let checkpoint {
      do { try training.resume(from: checkpoint) } catch var error as GliaError where error.place == "checkpoint" {
        error.place = "--resume"
        throw error
      }
      let (done, wanted) = (training.history.count, preparation.experiment.training.epochs)
      guard done <= wanted else {
        throw UsageMistake(
          "the checkpoint already has \(done.counted("epoch"))", at: "--epochs",
          expected: "a total of \(done) or more")
      }
    }
    self.preparation = preparation
    self.folder = folder
    self.training = training
  }

  /// Prints new warnings, including those about the results if there are any.
  mutating func printWarnings(about results: Evaluation? = nil) {
    let warnings = training.warnings + (results.map { training.warnings(about: $0) } ?? [])
    for warning in warnings where printed.insert(warning).inserted { Console.note("warning: \(warning)") }
  }

  /// Trains until all epochs are done, or until training is interrupted or diverges.
  ///
  /// - Parameter interval: the time between checkpoints.
  mutating func train(isQuiet: Bool, savingEvery interval: Duration, animates: Bool) throws {
    let progress = isQuiet ? nil : ProgressDisplay(preparation, done: training.history.count)
    training.isInterrupted = {
      progress?.stepEnded()
      return Interruption.signal != nil
    }
    training.pause(every: interval) { [checkpoint = folder.file(Self.checkpointName)] training in
      // If the disk is full, a checkpoint may be lost, but training continues.
      do { try Checkpoint(training).write(to: checkpoint) } catch { Console.note("warning: \(error)") }
    }
    if animates { frames.add(training.network, epoch: training.history.count) }
    do {
      while let epoch = try nextEpoch() {
        progress?.epochEnded(epoch)
        if animates { frames.add(training.network, epoch: epoch.number) }
      }
      progress?.end()
    } catch let error as GliaError where error.category == .divergence {
      progress?.end()
      divergence = error
    }
  }

  /// Runs the next epoch; if a callback cannot write a file, training continues without it.
  private mutating func nextEpoch() throws -> Epoch? {
    let done = training.history.count
    do { return try training.next() } catch let error as GliaError where error.category == .output {
      guard let epoch = training.history.last, epoch.number > done else { throw error }
      if unwritten == nil { Console.note("warning: \(error)") }
      unwritten = error
      return epoch
    }
  }

  /// Evaluates the trained network and writes all files; after divergence, the model is saved only if its weights are finite.
  ///
  /// - Parameters:
  ///   - outdated: files that describe an earlier run's model, to be removed with it.
  ///   - search: the search that found the settings, for the report.
  func finish(replacing outdated: [String], search: JSON? = nil) throws -> TrainingResult {
    let model = try training.calibratedModel()
    for warning in model.fitted.warnings { Console.note("warning: \(warning)") }
    let report = Report(
      experiment: try model.experiment.relative(to: folder.path).fileJSON(), seed: preparation.experiment.training.seed,
      epochs: training.history.count,
      steps: training.steps, parameters: training.network.parameterCount,
      seconds: training.history.reduce(0) { $0 + $1.seconds }, stopped: training.stopReason ?? .completed,
      restored: training.restored, fitted: model.fitted,
      parts: [
        ("train", try model.evaluate(preparation.training)),
        ("validation", try preparation.validation.map { try model.evaluate($0) }),
        ("test", try preparation.test.map { try model.evaluate($0) }),
      ], search: search)

    let finished = FinishedTraining(
      preparation: preparation, model: model, history: training.history,
      results: report.parts.compactMap { name, evaluation in evaluation.map { (name, $0) } },
      stopReason: report.stopped, restored: report.restored, frames: frames.frames)

    var names: [String] = []
    var failure: (any Error)? = unwritten
    func write(_ name: String, _ body: (String) throws -> Void) {
      // If one file cannot be written, the others are still saved.
      do {
        try body(folder.file(name))
        names.append(name)
      } catch { failure = failure ?? error }
    }
    if training.network.parameters.allSatisfy(\.isFinite) {
      write(Self.modelName) {
        try model.write(to: $0)
        folder.remove(outdated)
      }
    }
    do {
      try Checkpoint(training).write(to: folder.file(Self.checkpointName))
      names.append(Self.checkpointName)
    } catch { failure = failure ?? error }
    write("history.csv") { try AtomicFile.write(finished.historyCSV, to: $0) }
    write("report.json") { try AtomicFile.write(report.text, to: $0) }
    if let failure { throw failure }
    return TrainingResult(finished: finished, report: report, files: names)
  }
}

/// The result of a training run.
struct TrainingResult {
  let finished: FinishedTraining
  let report: Report
  /// The names of the files written, in display order.
  var files: [String]

  /// Draws the figures; those that cannot be drawn are omitted with a note.
  mutating func draw(with figures: any FigureWriter, into folder: OutputFolder) {
    if report.stopped == .interrupted, report.parameters > Self.drawnWhenInterrupted {
      return Console.note("note: plots omitted because they would take long; use glia plot to draw them")
    }
    do { files += try figures.write(finished, into: folder.path) } catch { Console.noteOmission(of: "plots", error) }
  }

  /// After an interruption, plots are skipped for networks with more parameters than this, so that the program exits soon.
  private static let drawnWhenInterrupted = 100_000
}

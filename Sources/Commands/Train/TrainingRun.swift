import GliaCore

/// A training from its first step to its files.
struct TrainingRun: ~Copyable {
  let preparation: Preparation
  let folder: OutputFolder
  private(set) var training: Training
  private(set) var frames = FrameCollector()
  /// Why the training diverged, if it did.
  private(set) var divergence: GliaError?
  /// What callbacks could not write.
  private var unwritten: GliaError?

  /// How long a crash may set a training back.
  private static let checkpointInterval = Duration.seconds(30)
  static let modelName = "model.safetensors"
  static let checkpointName = "checkpoint.safetensors"
  static let fileNames = [modelName, checkpointName, "history.csv", "report.json"]

  /// A training at its beginning, or where `checkpoint` was made.
  init(_ preparation: Preparation, from checkpoint: Checkpoint?, folder: OutputFolder) throws {
    var training = try preparation.begin()
    training.folder = folder.path
    if let checkpoint {
      do { try training.resume(from: checkpoint) } catch var error as GliaError where error.place == "checkpoint" {
        error.place = "--resume"
        throw error
      }
      let (done, wanted) = (training.history.count, preparation.experiment.training.epochs)
      guard done <= wanted else {
        throw UsageMistake(
          "the checkpoint has \(done.counted("epoch")) already", at: "--epochs",
          expected: "a total of \(done) or more")
      }
    }
    self.preparation = preparation
    self.folder = folder
    self.training = training
  }

  /// Trains until the end, an interruption or a divergence.
  mutating func train(isQuiet: Bool, interruption: Interruption.Request, animates: Bool) throws {
    interruption.heed()
    let progress = isQuiet ? nil : ProgressDisplay(preparation, done: training.history.count)
    training.isInterrupted = {
      progress?.stepEnded()
      return interruption.signal != nil
    }
    let clock = ContinuousClock()
    var saved = clock.now
    if animates { frames.add(training.network, epoch: training.history.count) }
    do {
      while let epoch = try nextEpoch() {
        progress?.epochEnded(epoch)
        if animates { frames.add(training.network, epoch: epoch.number) }
        if clock.now - saved > Self.checkpointInterval {
          // A disk that is full for a while costs a checkpoint, not the training.
          do { try saveCheckpoint() } catch { Console.note("warning: \(error)") }
          saved = clock.now
        }
      }
      progress?.end()
    } catch let error as GliaError where error.category == .divergence {
      progress?.end()
      divergence = error
    }
  }

  /// The next epoch; a file that a callback cannot write costs the file, not the training.
  private mutating func nextEpoch() throws -> Epoch? {
    let done = training.history.count
    do { return try training.next() } catch let error as GliaError where error.category == .output {
      guard let epoch = training.history.last, epoch.number > done else { throw error }
      if unwritten == nil { Console.note("warning: \(error)") }
      unwritten = error
      return epoch
    }
  }

  private func saveCheckpoint() throws {
    try Checkpoint(training).write(to: folder.file(Self.checkpointName))
  }

  /// Measures the trained network and writes all files; a diverged one is kept only while its weights are numbers.
  func finish() throws -> TrainingResult {
    let model = preparation.model(of: training.network, classes: training.classes)
    let report = Report(
      experiment: try model.experiment.relative(to: folder.path).json(), seed: preparation.experiment.training.seed,
      epochs: training.history.count,
      steps: training.steps, parameters: training.network.parameterCount,
      seconds: training.history.reduce(0) { $0 + $1.seconds }, stopped: training.stopReason ?? .completed,
      restored: training.restored,
      parts: [
        ("train", try training.evaluate(preparation.training)),
        ("validation", try preparation.validation.map { try training.evaluate($0) }),
        ("test", try preparation.test.map { try training.evaluate($0) }),
      ])

    let finished = FinishedTraining(
      preparation: preparation, model: model, history: training.history,
      results: report.parts.compactMap { name, evaluation in evaluation.map { (name, $0) } },
      stopReason: report.stopped, restored: report.restored, frames: frames.frames)

    let isFinite = training.network.parameters.allSatisfy(\.isFinite)
    if !isFinite { folder.remove(Self.modelName) }
    var names: [String] = []
    var failure: (any Error)? = unwritten
    func write(_ name: String, _ body: (String) throws -> Void) {
      // What cannot be written must not keep the rest from being saved.
      do {
        try body(folder.file(name))
        names.append(name)
      } catch { failure = failure ?? error }
    }
    if isFinite { write(Self.modelName) { try model.write(to: $0) } }
    do {
      try saveCheckpoint()
      names.append(Self.checkpointName)
    } catch { failure = failure ?? error }
    write("history.csv") { try AtomicFile.write(finished.historyCSV, to: $0) }
    write("report.json") { try AtomicFile.write(report.text, to: $0) }
    if let failure { throw failure }
    return TrainingResult(finished: finished, report: report, files: names)
  }
}

/// What a training came to.
struct TrainingResult {
  let finished: FinishedTraining
  let report: Report
  /// The names of the files written, in the order in which they are listed.
  var files: [String]

  /// Draws the figures, or removes those of a former run.
  mutating func draw(with figures: (any FigureWriter)?, isWanted: Bool, in folder: OutputFolder) throws {
    guard let figures else { return }
    let drawn = isWanted ? try figures.write(finished, into: folder.path) : []
    for name in figures.fileNames where !drawn.contains(name) { folder.remove(name) }
    files += drawn
  }
}

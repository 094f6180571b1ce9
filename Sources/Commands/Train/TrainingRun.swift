import GliaCore

/// A training from its first step to its files.
struct TrainingRun: ~Copyable {
  let preparation: Preparation
  let folder: OutputFolder
  private(set) var training: Training
  private(set) var frames = FrameCollector()
  /// Why the training diverged, if it did.
  private(set) var divergence: GliaError?
  /// The warnings that have been printed.
  private var printed: Set<String> = []
  /// What callbacks could not write.
  private var unwritten: GliaError?

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

  /// Prints the warnings that have not been printed yet; those about the results once there are some.
  mutating func printWarnings(about results: Evaluation? = nil) {
    let warnings = training.warnings + (results.map { training.warnings(about: $0) } ?? [])
    for warning in warnings where printed.insert(warning).inserted { Console.note("warning: \(warning)") }
  }

  /// Trains until the end, an interruption or a divergence.
  ///
  /// - Parameter interval: how long a crash may set the training back.
  mutating func train(isQuiet: Bool, savingEvery interval: Duration, animates: Bool) throws {
    let progress = isQuiet ? nil : ProgressDisplay(preparation, done: training.history.count)
    training.isInterrupted = {
      progress?.stepEnded()
      return Interruption.signal != nil
    }
    training.pause(every: interval) { [checkpoint = folder.file(Self.checkpointName)] training in
      // A disk that is full for a while costs a checkpoint, not the training.
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

  /// Measures the trained network and writes all files; a diverged one is kept only while its weights are numbers.
  ///
  /// - Parameter outdated: what a former run left that tells of its model, to be removed with that.
  func finish(replacing outdated: [String]) throws -> TrainingResult {
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

    var names: [String] = []
    var failure: (any Error)? = unwritten
    func write(_ name: String, _ body: (String) throws -> Void) {
      // What cannot be written must not keep the rest from being saved.
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

/// What a training came to.
struct TrainingResult {
  let finished: FinishedTraining
  let report: Report
  /// The names of the files written, in the order in which they are listed.
  var files: [String]

  /// Draws the figures; one that cannot be drawn is left out with a note.
  mutating func draw(with figures: any FigureWriter, into folder: OutputFolder) {
    if report.stopped == .interrupted, report.parameters > Self.drawnWhenInterrupted {
      return Console.note("note: pictures are left out, as they would take long; glia plot draws them")
    }
    do { files += try figures.write(finished, into: folder.path) } catch { Console.noteOmission(of: "pictures", error) }
  }

  /// After an interruption, whoever waits for the end does not wait for pictures of more parameters than this.
  private static let drawnWhenInterrupted = 100_000
}

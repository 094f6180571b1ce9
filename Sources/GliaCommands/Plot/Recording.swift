import ArgumentParser
import Glia

/// Trains a network and records it at every epoch.
struct Recording: ParsableArguments {
  @Argument(help: "A JSON file, a report.json, or a built-in name.", completion: KnownNames.experiment)
  var experiment: String

  @OptionGroup(title: "Experiment options")
  var options: TrainingOptions

  @Flag(help: "Hide progress.")
  var quiet = false

  /// The state before the first epoch and after each epoch.
  struct Moment {
    let network: Network
    let samples: Dataset
    let loss: any Loss
    let classes: [String]
    let epoch: Int
  }

  /// The maximum number of samples to record; more add no information about a layer.
  private static let mostSamples = 2_000

  /// Trains and calls `record` at every epoch, starting with epoch 0 before the first step.
  ///
  /// - Returns: the complete experiment, and the error that ended it early, to report after the figure is written.
  func train(with tool: Tool, record: (Moment) throws -> Void) throws -> (experiment: Experiment, failure: (any Error)?)
  {
    let source = try ExperimentSource(experiment, in: tool)
    let described = try options.applied(to: source.experiment, with: tool.registry)
    let preparation = try Preparation(described.withoutFiles, with: tool.registry, folder: source.folder)
    let failure = try Self.train(preparation, isQuiet: quiet, record: record)
    return (preparation.experiment, failure)
  }

  /// Trains a prepared experiment and calls `record` at every epoch, starting with 0; returns the error that ended it early.
  static func train(
    _ preparation: Preparation, isQuiet: Bool, record: (Moment) throws -> Void
  ) throws -> (any Error)? {
    var training = try preparation.begin()
    for warning in training.warnings { Console.note("warning: \(warning)") }
    let progress = isQuiet ? nil : ProgressDisplay(preparation, done: 0)
    Interruption.heed(true)
    defer { Interruption.heed(false) }
    training.isInterrupted = {
      progress?.stepEnded()
      return Interruption.signal != nil
    }
    let all = preparation.training
    let step = max(all.count / mostSamples, 1)
    let samples = try all.part(Array(stride(from: 0, to: all.count, by: step))) ?? all
    func observe(_ training: borrowing Training) throws {
      guard var loss = training.settings.loss else { return }
      if let weights = training.classWeights { loss = loss.weightingClasses(by: weights) }
      try record(
        Moment(
          network: training.network, samples: samples, loss: loss, classes: training.classes,
          epoch: training.history.count))
    }
    try observe(training)
    var failure: (any Error)?
    do {
      while let epoch = try training.next() {
        progress?.epochEnded(epoch)
        try observe(training)
      }
    } catch let error as GliaError where error.category == .divergence { failure = error }
    progress?.end()
    return Interruption.signal.map { Ending(status: 128 + $0) } ?? failure
  }
}

extension Experiment {
  /// The experiment without callbacks that write files.
  var withoutFiles: Experiment {
    var copy = self
    copy.training.callbacks.removeAll { !$0.files.isEmpty }
    return copy
  }
}

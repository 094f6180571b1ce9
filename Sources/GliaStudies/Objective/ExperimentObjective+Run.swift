import GliaCore

extension ExperimentObjective {
  /// Returns the objective after an epoch of a run; nil if it is not known.
  ///
  /// On the training part, it is measured with the weights at the end of the epoch, as it is at the end of a run: the results in
  /// the history are those of the batches, each before its update.
  public func value(after epoch: Epoch) -> Double? {
    part == .training ? epoch.measured?[metric] : epoch.validation?[metric]
  }

  /// Trains once with these settings and a seed, and keeps the history.
  ///
  /// - Returns: the run, and its model; nil if its weights are not finite.
  /// - Throws: `GliaError` for invalid settings, and `CancellationError` if it was interrupted; divergence is a result.
  public func run(
    with settings: JSON.Object, seed: UInt64, isInterrupted: (@Sendable () -> Bool)? = nil
  ) throws -> (run: StudyRun, model: Model?) {
    let described = try experiment(with: settings)
    let preparation = try Preparation(
      described, on: loaded(described, with: settings), with: registry, folder: folder
    ).with(seed: seed)
    var training = try preparation.begin()
    training.isInterrupted = isInterrupted
    var history: [Epoch] = []
    do {
      while var epoch = try training.next() {
        if part == .training { epoch.measured = try training.evaluate(preparation.training) }
        history.append(epoch)
      }
    } catch let error as GliaError where error.category == .divergence {}
    if training.stopReason == .interrupted { throw CancellationError() }
    let stopReason = training.stopReason ?? .completed
    let diverged = stopReason == .diverged
    func evaluate(_ part: Dataset?) throws -> Evaluation? {
      try diverged ? nil : part.map { try training.evaluate($0) }
    }
    let (trained, held) = (try evaluate(preparation.training), try evaluate(preparation.validation))
    let value = (part == .training ? trained : held)?[metric]
    let run = StudyRun(
      seed: seed, history: history, stopReason: stopReason,
      value: value ?? (higherIsBetter ? -.infinity : .infinity), training: trained, validation: held,
      test: try evaluate(preparation.test))
    let isFinite = training.network.parameters.allSatisfy(\.isFinite)
    return (run, isFinite ? training.model : nil)
  }
}

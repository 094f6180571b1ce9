import GliaCore

extension ExperimentObjective {
  /// The column of the history that has the objective after every epoch.
  public var column: String { part == .training ? metric : "validation_\(metric)" }

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
    do { try training.fit() } catch let error as GliaError where error.category == .divergence {}
    if training.stopReason == .interrupted { throw CancellationError() }
    let stopReason = training.stopReason ?? .completed
    let diverged = stopReason == .diverged
    func evaluate(_ part: Dataset?) throws -> Evaluation? {
      try diverged ? nil : part.map { try training.evaluate($0) }
    }
    let (trained, held) = (try evaluate(preparation.training), try evaluate(preparation.validation))
    let value = (part == .training ? trained : held)?[metric]
    let run = StudyRun(
      seed: seed, history: training.history, stopReason: stopReason,
      value: value ?? (higherIsBetter ? -.infinity : .infinity), training: trained, validation: held,
      test: try evaluate(preparation.test))
    let isFinite = training.network.parameters.allSatisfy(\.isFinite)
    return (run, isFinite ? training.model : nil)
  }
}

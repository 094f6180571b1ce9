/// A training as it stood after a step, to go on from later: parameters, optimizer state, kept weights and history.
public struct Checkpoint: Sendable {
  /// The model at that time, with its experiment.
  public let model: Model
  let progress: TrainingProgress
  let history: [Epoch]
  let optimizerState: [Float]
  let kept: Snapshot?
  let predictions: [Float]

  /// The state of `training`.
  public init(_ training: borrowing Training) {
    var network = training.trained
    training.last?.restore(&network)
    model = training.model(of: network)
    progress = training.progress
    history = training.history
    optimizerState = training.optimizerState
    kept = training.kept
    predictions = training.progress.sample > 0 ? training.predictions : []
  }
}

extension Training {
  /// Goes on where `checkpoint` was made; the epochs may differ, all else must be the same experiment.
  ///
  /// - Throws: if the checkpoint's experiment or sizes are not those of this training.
  public mutating func resume(from checkpoint: Checkpoint) throws {
    let other = checkpoint.model.network
    guard
      other.parameters.count == trained.parameters.count, other.state.count == trained.state.count,
      checkpoint.optimizerState.count == optimizerState.count, checkpoint.progress.sample <= training.inputs.rows,
      checkpoint.predictions.isEmpty || checkpoint.predictions.count == predictions.count
    else {
      throw GliaError(
        "the checkpoint does not fit this training", at: "--resume", expected: "the same network, data and optimizer",
        remedy: "train the experiment that the checkpoint was made with")
    }
    trained = other
    progress = checkpoint.progress
    optimizerState = checkpoint.optimizerState
    history = checkpoint.history
    kept = checkpoint.kept
    if !checkpoint.predictions.isEmpty { predictions = checkpoint.predictions }
    // Callbacks note down what they see, so they see it again; what they asked for then has happened.
    for epoch in history {
      step.epochEnded(epoch)
      var control = control(isReplay: true)
      for index in callbacks.indices { try callbacks[index].epochEnded(epoch, control: &control) }
      if epoch.number == history.count, progress.sample == 0, let reason = control.stopReason, reason != .completed {
        try end(reason)
      }
    }
  }
}

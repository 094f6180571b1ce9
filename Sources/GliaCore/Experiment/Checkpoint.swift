/// The state of a training after a step, from which it can be resumed: parameters, optimizer state, saved weights and history.
public struct Checkpoint: Sendable {
  /// The model at that time, with its experiment.
  public let model: Model
  let progress: TrainingProgress
  let history: [Epoch]
  /// The results of the training part before the first step, if they were measured.
  let start: Epoch?
  let optimizerState: [Float]
  /// How many updates each tensor had in the training from which this one was forked; empty for none.
  let earlierUpdates: [Int]
  let kept: Snapshot?
  let predictions: [Float]
  /// The training data; nil in files of earlier versions.
  let data: LearnedData?

  /// Captures the state of `training`.
  public init(_ training: borrowing Training) {
    var network = training.trained
    training.last?.restore(&network)
    model = training.model(of: network)
    progress = training.progress
    // A training that diverged may have been rewound into an epoch that was complete.
    history = Array(training.history.prefix(training.progress.epoch))
    (optimizerState, earlierUpdates) = (training.optimizerState, training.earlierUpdates)
    start = training.start
    kept = training.kept
    predictions = training.progress.sample > 0 ? training.predictions : []
    data = training.learnedData.value
  }
}

extension Training {
  /// Resumes from `checkpoint`; the number of epochs may differ, but otherwise it must be the same experiment.
  ///
  /// - Throws: if the experiment, data or sizes of the checkpoint differ from those of this training.
  public mutating func resume(from checkpoint: Checkpoint) throws {
    try checkpoint.requireSame(model(of: trained).experiment, learnedData.value)
    let other = checkpoint.model.network
    let update =
      try checkpoint.earlierUpdates == earlierUpdates
      ? self.update : ParameterUpdate(trained, settings: settings, earlier: checkpoint.earlierUpdates)
    guard
      other.parameters.count == trained.parameters.count, other.state.count == trained.state.count,
      checkpoint.optimizerState.count == update.stateCount, checkpoint.progress.sample <= training.inputs.rows,
      checkpoint.predictions.isEmpty || checkpoint.predictions.count == predictions.count
    else {
      throw GliaError(
        "the checkpoint does not fit this training", at: "checkpoint", expected: "the same network, data and optimizer",
        remedy: "train the experiment that the checkpoint was made with")
    }
    trained = other
    progress = checkpoint.progress
    (self.update, earlierUpdates) = (update, checkpoint.earlierUpdates)
    optimizerState = checkpoint.optimizerState
    history = checkpoint.history
    kept = checkpoint.kept
    if !checkpoint.predictions.isEmpty { predictions = checkpoint.predictions }
    // Callbacks rebuild their state from the replayed epochs; their earlier requests have already been fulfilled.
    start = checkpoint.start
    for epoch in [start].compactMap(\.self) + history {
      if epoch.number > 0 { schedule?.epochEnded(epoch) }
      var control = control(isReplay: true)
      for index in epoch.number > 0 ? Array(callbacks.indices) : keepersByTraining {
        try callbacks[index].epochEnded(epoch, control: &control)
      }
      if let value = control.kept { kept?.occasion = (epoch.number, value) }
      if epoch.number == history.count, progress.sample == 0, let reason = control.stopReason, reason != .completed {
        try end(reason)
      }
    }
  }
}

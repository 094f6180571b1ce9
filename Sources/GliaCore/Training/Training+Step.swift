import GliaKernels

// One step: gather, augment, forward, loss, backward, penalize, update. Unless a solver makes it, it allocates nothing.
extension Training {
  /// Trains on one batch.
  ///
  /// - Throws: before the update, if a loss or gradient is not finite.
  mutating func pass(_ batch: ArraySlice<Int>) throws {
    let isDue = rewind.isDue(progress)
    if isDue {
      try checkNumbers()
      rewind.keep(state: trained.state)
    }
    try computeGradient(of: batch)
    if isDue {
      rewind.keep(
        parameters: trained.parameters, optimizerState: optimizerState, progress: progress, schedule: schedule)
    }
    try moveParameters(rows: batch.count)
  }

  /// Computes the loss of the samples `batch`; throws if it is not finite.
  mutating func computeLoss(of batch: ArraySlice<Int>) throws {
    let (rows, key) = (batch.count, key)
    progress.learningRate = schedule.rate(from: baseRate, at: progress)
    if update.hasOwnRates { update.setOwnRates { schedule.rate(from: $0, at: progress) } }
    workspace.gather(
      batch, inputs: training.inputs.values, targets: training.targets.values, weights: training.weights)
    workspace.augment(rows: rows, by: settings.augmentations, key: key)
    try update.perturb(
      trained.parameters, state: &optimizerState,
      OptimizerStep(number: progress.updates + 1, learningRate: Float(progress.learningRate)), key: key)
    try workspace.forward(
      rows: rows, parameters: update.seen(trained.parameters), state: &trained.state, isTraining: true, key: key)
    lastLoss = try workspace.loss(
      canonical.loss, rows: rows, weighted: !training.weights.isEmpty, needsGradient: true)
    guard lastLoss.isFinite else { throw lossDivergence() }
  }

  /// Computes loss and gradient of the samples `batch`; throws if either is not finite.
  mutating func computeGradient(of batch: ArraySlice<Int>) throws {
    if update.ascends { ascent.state.overwrite(with: trained.state) }
    try computeLoss(of: batch)
    if !predictions.isEmpty { keepPredictions(of: batch) }
    try workspace.backward(rows: batch.count, parameters: update.seen(trained.parameters), key: key)
    lastPenalty = workspace.addPenalties(penalties, of: trained.parameters) + workspace.report.penalty
    guard lastPenalty.isFinite else { throw divergence("the penalty is \(lastPenalty.spelled)") }
    try checkGradient()
    if update.ascends { try computeGradientUphill(rows: batch.count) }
  }

  /// Throws if the gradient is not finite.
  func checkGradient() throws {
    let count = trained.parameters.count
    guard !glia_all_finite(count, workspace.gradient) else { return }
    let bad = (0..<count).first { !workspace.gradient[$0].isFinite } ?? 0
    throw divergence("a gradient of \(layerName(ofParameter: bad)) is not finite")
  }

  /// Updates the parameters from the gradient of the last `rows` samples.
  mutating func moveParameters(rows: Int) throws {
    let step = OptimizerStep(number: progress.updates + 1, learningRate: Float(progress.learningRate))
    let isUpdated =
      try update.isSolved
      ? solve(step, rows: rows, key: key)
      : update(&trained.parameters, gradient: workspace.gradient, state: &optimizerState, step, key: key)
    progress.updates += isUpdated ? 1 : 0
    progress.step += 1
    progress.sample += rows
    progress.loss += Double(lastLoss) * Double(rows)
    progress.penalty += Double(lastPenalty) * Double(rows)
  }

  /// The seed for all random draws of a step.
  var key: UInt64 { Random.mix(settings.seed ^ Random.mix(UInt64(progress.step) &+ 0x5bd1)) }

  /// Stores the outputs at the positions of their samples in the data set, like the targets.
  private mutating func keepPredictions(of batch: ArraySlice<Int>) {
    let (width, outputs) = (workspace.plan.outputCount, workspace.y)
    predictions.withUnsafeMutableBufferPointer { kept in
      guard let start = kept.baseAddress else { return }
      for (row, index) in batch.enumerated() {
        (start + index * width).update(from: outputs + row * width, count: width)
      }
    }
  }
}

extension (any Schedule)? {
  /// Returns the rate of the next update, given an optimizer's own rate of `base`.
  fileprivate func rate(from base: Double, at progress: TrainingProgress) -> Double {
    guard let self else { return base }
    return self.rate(base: base, at: self.per == .epoch ? progress.epoch : progress.updates)
  }
}

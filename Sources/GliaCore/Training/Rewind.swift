import GliaKernels

/// A snapshot of a training some steps ago, before an update whose loss and gradient were finite.
///
/// When training diverges, the steps since then are repeated to recover the weights of the last finite loss, although no copy
/// is made at each step.
struct Rewind {
  /// The number of steps between snapshots: small enough for a fast rewind, large enough for a negligible cost.
  static let interval = 128

  /// The training's progress at the snapshot; nil before its first update.
  private(set) var progress: TrainingProgress?
  private(set) var schedule: (any Schedule)?
  private var parameters: [Float] = []
  private var optimizerState: [Float] = []
  private var state: [Float] = []
  private var previousState: [Float] = []

  /// Returns whether a snapshot is due before the next update.
  func isDue(_ now: TrainingProgress) -> Bool { progress.map { now.step >= $0.step + Self.interval } ?? true }

  /// Saves the layers' state, which a pass changes.
  mutating func keep(state: [Float]) { previousState.overwrite(with: state) }

  /// Saves the rest after a pass whose loss and gradient are finite.
  mutating func keep(
    parameters: [Float], optimizerState: [Float], progress: TrainingProgress, schedule: (any Schedule)?
  ) {
    self.parameters.overwrite(with: parameters)
    self.optimizerState.overwrite(with: optimizerState)
    swap(&state, &previousState)
    (self.progress, self.schedule) = (progress, schedule)
  }

  /// Restores the snapshot.
  func restore(_ network: inout Network, _ optimizerState: inout [Float]) {
    (network.parameters, network.state, optimizerState) = (parameters, state, self.optimizerState)
  }

  /// Restores the layers' state, if a pass before the first update corrupted it.
  func restoreState(of network: inout Network) { network.state = previousState }
}

extension Training {
  /// Throws if parameters or optimizer states are not finite: an update can overflow without another loss being computed, and
  /// with an infinite state every later update is 0.
  func checkNumbers() throws {
    if let bad = trained.parameters.firstBad {
      throw divergence(
        "a parameter of \(layerName(ofParameter: bad)) is \(trained.parameters[bad].spelled)", step: progress.step)
    }
    if let bad = optimizerState.firstBad {
      throw divergence(
        "the optimizer's state is \(optimizerState[bad].spelled), so it can no longer update the parameters",
        step: progress.step)
    }
  }

  /// Throws if the loss after the last update is not finite.
  mutating func checkLastUpdate() throws {
    // A training without an update, such as one resumed at its end, has already been checked.
    guard rewind.progress != nil else { return }
    let (progress, state) = (progress, trained.state)
    drawOrder()
    do {
      try computeLoss(of: nextBatch)
    } catch var error as GliaError {
      error.place = "after the last step, \(progress.step.grouped), learning rate \(Float(progress.learningRate))"
      throw error
    }
    (self.progress, trained.state) = (progress, state)
  }

  /// Rewinds the training to the weights of its last finite loss.
  ///
  /// The steps since the last snapshot are repeated exactly to find the last good one.
  mutating func rewindToLastFiniteLoss() {
    guard rewind.progress != nil else { return rewind.restoreState(of: &trained) }
    restoreKept()
    let failed = firstFailure()
    restoreKept()
    while progress.step < failed, (try? repeatStep()) != nil {}
  }

  private mutating func restoreKept() {
    guard let kept = rewind.progress else { return }
    rewind.restore(&trained, &optimizerState)
    progress = kept
    schedule = rewind.schedule
    drawOrder()
  }

  /// Returns how many steps were complete at the last finite loss.
  private mutating func firstFailure() -> Int {
    while true {
      let before = progress.step
      do { try repeatStep() } catch {
        // An infinite loss belongs to the weights that the previous step produced.
        return lastLoss.isFinite ? before : max(before - 1, rewind.progress?.step ?? 0)
      }
      guard trained.parameters.firstBad == nil, optimizerState.firstBad == nil else { return before }
    }
  }

  /// Repeats the next step exactly.
  private mutating func repeatStep() throws {
    if progress.sample >= order.count {
      let epoch = progress.epoch
      progress.beginEpoch()
      if history.indices.contains(epoch) { schedule?.epochEnded(history[epoch]) }
      drawOrder()
    }
    let batch = nextBatch
    try computeGradient(of: batch)
    try moveParameters(rows: batch.count)
  }
}

extension [Float] {
  /// Copies the numbers themselves: sharing the array would cost an allocation in the next step.
  mutating func overwrite(with numbers: [Float]) {
    guard count == numbers.count else {
      self = numbers.withUnsafeBufferPointer(Array.init)
      return
    }
    withUnsafeMutableBufferPointer { own in
      guard let start = own.baseAddress, let from = numbers.withUnsafeBufferPointer(\.baseAddress) else { return }
      start.update(from: from, count: numbers.count)
    }
  }

  /// The index of the first number that is infinite or NaN; nil if all are finite.
  var firstBad: Int? {
    withUnsafeBufferPointer { numbers in
      guard let start = numbers.baseAddress, !glia_all_finite(numbers.count, start) else { return nil }
      return numbers.firstIndex { !$0.isFinite }
    }
  }
}

extension Float {
  /// The number as shown in messages, where the sign of NaN is ignored.
  var spelled: String { isNaN ? "not a number" : isInfinite ? "infinite" : "\(self)" }
}

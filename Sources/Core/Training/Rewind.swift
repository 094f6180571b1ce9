import GliaKernels

/// A training as it stood some steps ago, before an update whose loss and gradient were finite.
///
/// From there the steps up to a divergence are done again, so that its weights can be those of the last finite loss although
/// no step keeps a copy of them.
struct Rewind {
  /// After how many steps the training is kept anew: often enough to be back soon, rarely enough not to be noticed.
  static let interval = 128

  /// Where the training stood; nil before its first update.
  private(set) var progress: TrainingProgress?
  private(set) var schedule: (any Schedule)?
  private var parameters: [Float] = []
  private var optimizerState: [Float] = []
  private var state: [Float] = []
  private var previousState: [Float] = []

  /// Whether the training is to be kept before its next update.
  func isDue(_ now: TrainingProgress) -> Bool { progress.map { now.step >= $0.step + Self.interval } ?? true }

  /// Keeps what layers remember, which a pass changes.
  mutating func keep(state: [Float]) { copy(state, to: &previousState) }

  /// Keeps the rest after a pass whose loss and gradient are finite.
  mutating func keep(
    parameters: [Float], optimizerState: [Float], progress: TrainingProgress, schedule: (any Schedule)?
  ) {
    copy(parameters, to: &self.parameters)
    copy(optimizerState, to: &self.optimizerState)
    swap(&state, &previousState)
    (self.progress, self.schedule) = (progress, schedule)
  }

  /// Brings back what was kept.
  func restore(_ network: inout Network, _ optimizerState: inout [Float]) {
    (network.parameters, network.state, optimizerState) = (parameters, state, self.optimizerState)
  }

  /// Brings back what layers remember, where a pass before the first update spoiled it.
  func restoreState(of network: inout Network) { network.state = previousState }

  /// Copies the numbers themselves: sharing them would cost an allocation in the next step.
  private func copy(_ numbers: [Float], to kept: inout [Float]) {
    guard kept.count == numbers.count else {
      kept = numbers.withUnsafeBufferPointer(Array.init)
      return
    }
    kept.withUnsafeMutableBufferPointer { kept in
      guard let start = kept.baseAddress, let from = numbers.withUnsafeBufferPointer(\.baseAddress) else { return }
      start.update(from: from, count: numbers.count)
    }
  }
}

extension Training {
  /// Refuses parameters and optimizer states that are not finite: an update can overflow, after which no loss is computed,
  /// and with an infinite state every later update is 0.
  func checkNumbers() throws {
    if let bad = trained.parameters.firstBad {
      throw divergence(
        "a parameter of \(layerName(ofParameter: bad)) is \(trained.parameters[bad].spelled)", step: progress.step)
    }
    if let bad = optimizerState.firstBad {
      throw divergence(
        "what the optimizer remembers has become \(optimizerState[bad].spelled), so that it no longer moves",
        step: progress.step)
    }
  }

  /// Refuses the weights of the last update if the step that would follow it had no finite loss.
  mutating func checkLastUpdate() throws {
    // A training without an update, such as one that is resumed at its end, has been checked.
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

  /// Brings the training back to the weights of its last finite loss.
  ///
  /// The steps since the training was last kept are done again, with the same bits, to find the last good one.
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

  /// How many steps were complete at the last finite loss.
  private mutating func firstFailure() -> Int {
    while true {
      let before = progress.step
      do { try repeatStep() } catch {
        // An infinite loss is that of weights which the step before it made.
        return lastLoss.isFinite ? before : max(before - 1, rewind.progress?.step ?? 0)
      }
      guard trained.parameters.firstBad == nil, optimizerState.firstBad == nil else { return before }
    }
  }

  /// Does the next step as it was done before.
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
  /// The place of the first number that is infinite or not a number; nil if all are finite.
  var firstBad: Int? {
    withUnsafeBufferPointer { numbers in
      guard let start = numbers.baseAddress, !glia_all_finite(numbers.count, start) else { return nil }
      return numbers.firstIndex { !$0.isFinite }
    }
  }
}

extension Float {
  /// The number for messages, which call NaN by one name whatever its sign.
  var spelled: String { isNaN ? "not a number" : isInfinite ? "infinite" : "\(self)" }
}

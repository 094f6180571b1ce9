/// A periodic pause between two steps.
struct TrainingPause {
  let interval: Duration
  let body: (borrowing Training) -> Void
  var due: ContinuousClock.Instant
}

extension Training {
  /// Calls `body` after the first step at which `interval` has passed since the last call, however long an epoch is; use it to
  /// save a ``Checkpoint``.
  public mutating func pause(every interval: Duration, _ body: @escaping (borrowing Training) -> Void) {
    pause = TrainingPause(interval: interval, body: body, due: .now + interval)
  }

  /// Calls the body if it is due, in an epoch that began at `start`.
  mutating func pauseIfDue(since start: ContinuousClock.Instant) {
    // Weights that overflowed in this step end the training in the next one, and are not worth saving.
    guard let pause, pause.due <= .now, trained.parameters.allSatisfy(\.isFinite) else { return }
    let former = progress.seconds
    progress.seconds += (.now - start).inSeconds
    pause.body(self)
    progress.seconds = former
    self.pause?.due = .now + pause.interval
  }
}

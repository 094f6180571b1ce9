/// What happens between two steps now and then.
struct TrainingPause {
  let interval: Duration
  let body: (borrowing Training) -> Void
  var due: ContinuousClock.Instant
}

extension Training {
  /// Calls `body` after the first step by which `interval` has passed since it was last called, however long an epoch is:
  /// the time to save a ``Checkpoint``.
  public mutating func pause(every interval: Duration, _ body: @escaping (borrowing Training) -> Void) {
    pause = TrainingPause(interval: interval, body: body, due: .now + interval)
  }

  /// Pauses if it is time to, in an epoch that began at `start`.
  mutating func pauseIfDue(since start: ContinuousClock.Instant) {
    // Weights that overflowed in this step end the training in the next one, and are nothing to keep.
    guard let pause, pause.due <= .now, trained.parameters.allSatisfy(\.isFinite) else { return }
    let former = progress.seconds
    progress.seconds += (.now - start).inSeconds
    pause.body(self)
    progress.seconds = former
    self.pause?.due = .now + pause.interval
  }
}

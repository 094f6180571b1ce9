extension Training {
  /// Refuses callbacks that cannot serve, or that write the same file.
  static func check(_ callbacks: [any Callback], columns: [String]) throws {
    var files: Set<String> = []
    for (index, callback) in callbacks.enumerated() {
      try GliaError.locating("training.callbacks.\(index)") {
        try callback.validate()
        try callback.check(columns: columns)
        guard let twice = callback.files.first(where: { !files.insert($0).inserted }) else { return }
        throw GliaError(
          "'\(twice.excerpt)' is written by another callback, too", expected: "a file for each",
          remedy: "choose another name, or leave one of them out", category: .output)
      }
    }
  }

  /// What callbacks are handed.
  func control(isReplay: Bool = false) -> TrainingControl {
    TrainingControl(network: network, folder: folder, isReplay: isReplay, step: step)
  }

  /// Tells the callbacks that the first step follows.
  mutating func begin() throws {
    guard !hasBegun else { return }
    var control = control()
    for index in callbacks.indices { try callbacks[index].trainingBegan(control: &control) }
    hasBegun = true
  }

  /// Tells the callbacks an epoch, and does what they ask for.
  mutating func tellCallbacks(_ epoch: Epoch) throws {
    var control = control()
    var failure: (any Error)?
    // A file that cannot be written keeps nothing else from being done.
    func attempt(_ body: () throws -> Void) {
      do { try body() } catch { failure = failure ?? error }
    }
    for index in callbacks.indices { attempt { try callbacks[index].epochEnded(epoch, control: &control) } }
    if control.keeps { kept = Snapshot(control.network) }
    for (path, outdated) in control.checkpoints {
      attempt {
        try Checkpoint(self).write(to: path)
        for old in outdated { AtomicFile.remove(old) }
      }
    }
    if let reason = control.stopReason { attempt { try end(reason) } }
    if let failure { throw failure }
  }

  /// Ends the training: better weights take the place of the last ones.
  mutating func end(_ reason: StopReason) throws {
    var control = control()
    var failure: (any Error)?
    for index in callbacks.indices {
      do { try callbacks[index].trainingEnded(control: &control) } catch { failure = failure ?? error }
    }
    last = update.presents || control.restores ? Snapshot(trained) : nil
    trained = control.network
    stopReason = reason
    if control.restores, let kept { kept.restore(&trained) }
    if let failure { throw failure }
  }
}

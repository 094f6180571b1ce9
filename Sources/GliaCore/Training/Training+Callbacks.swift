extension Training {
  /// Throws if a callback cannot be used, or if two write the same file.
  static func check(_ callbacks: [any Callback], columns: [String]) throws {
    for (index, callback) in callbacks.enumerated() {
      try GliaError.locating("training.callbacks.\(index)") {
        try callback.checkSettings()
        try callback.checkColumns(columns)
        let others = callbacks[..<index]
        let own = callback.files.first { file in others.contains { $0.writes(file.asFileName) } }
        guard let twice = own ?? others.flatMap(\.files).first(where: { callback.writes($0.asFileName) }) else {
          return
        }
        throw GliaError(
          "'\(twice.excerpt)' is also written by another callback", expected: "a different file for each",
          remedy: "choose another name, or leave one of them out")
      }
    }
  }

  /// Returns the control object for callbacks.
  func control(isReplay: Bool = false) -> TrainingControl {
    TrainingControl(network: network, folder: folder, isReplay: isReplay, workspace: workspace)
  }

  /// The indices of the callbacks that save weights based on the training part's results.
  var keepersByTraining: [Int] {
    let columns = settings.columns(hasValidation: validation != nil)
    return callbacks.indices.filter {
      callbacks[$0].keepsWeights && callbacks[$0].watched?.watchesTraining(columns) == true
    }
  }

  /// Evaluates the training part with the current network, if a callback saves weights based on its results.
  func measured() throws -> Evaluation? {
    keepersByTraining.isEmpty ? nil : try evaluator.evaluate(network, on: training)
  }

  /// Passes the results before the first step to the callbacks that save weights based on the training part.
  private mutating func tellStart() throws {
    guard progress.step == 0, let measured = try measured() else { return }
    let start = Epoch(number: 0, steps: 0, learningRate: 0, training: measured, measured: measured)
    self.start = start
    try tell(start)
  }

  /// Notifies the callbacks that training begins, once it is known that all their files can be written; until then, the files
  /// of an earlier training are kept.
  mutating func begin() throws {
    guard !hasBegun else { return }
    var control = control()
    for file in callbacks.flatMap(\.files) { try AtomicFile.check(control.path(file)) }
    for index in callbacks.indices { try callbacks[index].trainingBegan(control: &control) }
    hasBegun = true
    try tellStart()
  }

  /// Passes an epoch to the callbacks, and fulfills their requests.
  mutating func tell(_ epoch: Epoch) throws {
    var control = control()
    var failure: (any Error)?
    // A file that cannot be written must not prevent anything else.
    func attempt(_ body: () throws -> Void) {
      do { try body() } catch { failure = failure ?? error }
    }
    for index in epoch.number > 0 ? Array(callbacks.indices) : keepersByTraining {
      attempt { try callbacks[index].epochEnded(epoch, control: &control) }
    }
    if let value = control.kept {
      kept = Snapshot(control.network)
      kept?.occasion = (epoch.number, value)
    }
    for (path, outdated) in control.checkpoints {
      attempt {
        try Checkpoint(self).write(to: path)
        for old in outdated { AtomicFile.remove(old) }
      }
    }
    if let reason = control.stopReason { attempt { try end(reason) } }
    if let failure { throw failure }
  }

  /// Ends the training and restores better weights, if any.
  mutating func end(_ reason: StopReason) throws {
    var control = control()
    var failure: (any Error)?
    for index in callbacks.indices {
      do { try callbacks[index].trainingEnded(control: &control) } catch { failure = failure ?? error }
    }
    if !control.restores || kept == nil { try keepingFiniteWeights { try $0.checkLastUpdate() } }
    last = update.averages || control.restores ? Snapshot(trained) : nil
    trained = control.network
    stopReason = reason
    if control.restores, let kept {
      kept.restore(&trained)
      restored = kept.occasion.map { RestoredWeights(epoch: $0.epoch, value: $0.value) }
    }
    if let failure { throw failure }
  }
}

/// Weights of an earlier epoch that replaced the last ones when training ended.
public struct RestoredWeights: Hashable, Sendable {
  /// The epoch after which they were saved; 0 for before the first step.
  public let epoch: Int
  /// The value for which they were saved, such as `validation_loss 0.25`.
  public let value: String
}

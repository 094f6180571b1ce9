extension Checkpoint {
  private struct Notes: Codable {
    var progress: TrainingProgress
    var history: HistoryTable
    /// Nil in files of earlier versions, and unless the training was forked.
    var earlierUpdates: [Int]?
  }

  /// Writes the checkpoint atomically as one safetensors file.
  public func write(to path: String) throws {
    var file = try model.file(in: Paths.folder(of: path))
    let epochs = [start].compactMap(\.self) + history
    let table = HistoryTable(epochs)
    file.tensors["training.history"] = table.tensor(of: epochs)
    file.tensors["training.optimizer"] = Tensor(unchecked: [optimizerState.count], optimizerState)
    file.tensors["training.state"] = Tensor(unchecked: [model.network.state.count], model.network.state)
    if let kept {
      file.tensors["training.kept.parameters"] = Tensor(unchecked: [kept.parameters.count], kept.parameters)
      file.tensors["training.kept.state"] = Tensor(unchecked: [kept.state.count], kept.state)
    }
    if !predictions.isEmpty {
      file.tensors["training.predictions"] = Tensor(unchecked: [predictions.count], predictions)
    }
    let notes = Notes(
      progress: progress, history: table, earlierUpdates: earlierUpdates.isEmpty ? nil : earlierUpdates)
    file.metadata["glia.training"] = try ComponentEncoder().encode(notes).text()
    if let data { file.metadata["glia.data"] = try ComponentEncoder().encode(data).text() }
    try file.write(to: path)
  }

  /// Reads a checkpoint; throws if the file is not one.
  public init(contentsOf path: String, with registry: Registry) throws {
    do {
      let file = try SafeTensors(migrating: path)
      guard let text = file.metadata["glia.training"], let optimizer = file.tensors["training.optimizer"] else {
        throw GliaError(
          "not a checkpoint: it does not contain the progress of a training", expected: "a checkpoint.safetensors",
          remedy: "use it as --initial-weights instead")
      }
      let notes = try ComponentDecoder().decode(Notes.self, from: JSON(parsing: text, name: "glia.training"))
      var model = try Model(file, in: Paths.folder(of: path), with: registry)
      if let state = file.tensors["training.state"]?.values {
        guard state.count == model.network.state.count else {
          throw GliaError("the state does not fit the network", at: "training.state")
        }
        model.network.state = state
      }
      self.model = model
      let metrics = model.experiment.training.metrics ?? []
      var history =
        try file.tensors["training.history"].map { try notes.history.history(from: $0, metrics: metrics) }
        ?? []
      start = history.first?.number == 0 ? history.removeFirst() : nil
      guard notes.progress.sample >= 0, notes.progress.epoch == history.count,
        [notes.progress.step, notes.progress.updates].allSatisfy({ (0...1 << 53).contains($0) })
      else {
        throw GliaError("its progress and its history contradict each other", expected: "a checkpoint written by Glia")
      }
      (progress, self.history) = (notes.progress, history)
      earlierUpdates = notes.earlierUpdates ?? []
      let tensors = model.network.plan.parameters.count
      guard [0, tensors].contains(earlierUpdates.count), earlierUpdates.allSatisfy({ (0...1 << 53).contains($0) })
      else {
        throw GliaError(
          "\(earlierUpdates.count) numbers of earlier updates", at: "glia.training.earlier_updates",
          expected: "a number of updates for each of \(tensors) tensors")
      }
      optimizerState = optimizer.values
      predictions = file.tensors["training.predictions"]?.values ?? []
      kept = try Self.kept(in: file, for: model.network)
      data = try file.metadata["glia.data"].map {
        try ComponentDecoder().decode(LearnedData.self, from: JSON(parsing: $0, name: "glia.data"))
      }
    } catch var error as GliaError {
      error.place = error.place.map { $0.hasPrefix(path) ? $0 : "\(path): \($0)" } ?? path
      throw error
    }
  }

  private static func kept(in file: SafeTensors, for network: Network) throws -> Snapshot? {
    guard let parameters = file.tensors["training.kept.parameters"]?.values else { return nil }
    let values = file.tensors["training.kept.state"]?.values ?? []
    // Checkpoints of earlier versions contain the same state as model files.
    let state = values.count == network.state.count ? values : network.plan.state(ofSaved: values)
    guard parameters.count == network.parameters.count, let state else {
      throw GliaError("the saved weights do not fit the network", at: "training.kept.parameters")
    }
    return Snapshot(parameters: parameters, state: state)
  }
}

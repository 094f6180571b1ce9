import GliaCore

extension GradientFlow {
  /// Records the gradient norms of the mean loss over all samples of `data`.
  ///
  /// - Parameters:
  ///   - network: The network in its current state; its layers must not change between calls.
  ///   - data: The samples, which are evaluated as one batch.
  ///   - loss: The loss function.
  ///   - classes: The classes in the order that the network learned; if `nil`, those of `data`.
  /// - Throws: An error if `data`, `network`, and `loss` don't match, or if the layers differ from those recorded
  ///   before.
  public mutating func record(
    _ network: Network, on data: Dataset, loss: some Loss, classes: [String]? = nil
  ) throws {
    try record(network.gradients(of: loss, on: data, classes: classes).parameters, of: network)
  }

  /// Records the norms of existing gradients, such as those of a batch or from a callback.
  ///
  /// - Parameters:
  ///   - gradients: The gradients with the names of their tensors, such as `layers.0.weight`.
  ///   - network: The network that the gradients belong to.
  /// - Throws: An error if the layers differ from those recorded before.
  public mutating func record(_ gradients: [(name: String, tensor: Tensor)], of network: Network) throws {
    let blocks = network.blocks
    let squares = gradients.byLayer { $0.values.reduce(0) { $0 + Double($1) * Double($1) } }
    let norms: [(name: String, norm: Double)] = blocks.compactMap { block in
      let own = block.layers.flatMap { squares[$0, default: []] }
      return own.isEmpty ? nil : (block.summary.name, own.reduce(0, +).squareRoot())
    }
    if layers.isEmpty { layers = norms.map { Layer($0.name) } }
    guard layers.map(\.name) == norms.map(\.name) else {
      throw GliaError(
        "gradients of the layers \(norms.map(\.name))", at: "record", expected: "those of \(layers.map(\.name))",
        remedy: "record another network in a figure of its own")
    }
    for (index, norm) in norms.enumerated() { layers[index].norms.append(norm.norm) }
    if title.isEmpty { title = "Gradient flow · \(network.shortDescription)" }
  }
}

extension LayerHistograms {
  /// Records the weights of a network and the activations of its layers for the samples of `data`.
  ///
  /// In a long training run, only some snapshots are kept, including the first and the last.
  /// - Parameters:
  ///   - network: The network in its current state; its layers must not change between calls.
  ///   - data: The samples; a unit that outputs 0 for all of them counts as dead.
  ///   - step: The step, such as the epoch; if `nil`, steps are numbered from 1.
  /// - Throws: An error if the samples don't match the network, or if the layers differ from those recorded before.
  public mutating func record(_ network: Network, on data: Dataset, step: Int? = nil) throws {
    let blocks = network.blocks
    let summaries = blocks.map(\.summary)
    guard snapshots.isEmpty || layers == summaries else {
      throw GliaError(
        "a network of the layers \(summaries.map(\.detail))", at: "record",
        expected: "those of \(layers.map(\.detail))",
        remedy: "record another network in a figure of its own")
    }
    let (activations, tensors) = (try network.activations(for: data.inputs), network.tensors.byLayer { $0 })
    let values = blocks.map { block in
      let weights = block.layers.flatMap { tensors[$0, default: []] }.filter { $0.shape.count > 1 }
      return Values(
        weights: weights.flatMap(\.values), activations: activations[block.layers.upperBound].values,
        units: block.summary.units)
    }
    layers = summaries
    if title.isEmpty { title = "Weights and activations · \(network.shortDescription)" }
    append(Snapshot(step: step ?? recorded.count + 1, layers: values))
  }

  /// Appends a snapshot. If there are too many, every other one is dropped, and later ones are kept at the same stride.
  mutating func append(_ snapshot: Snapshot) {
    if recorded.count > 0, (recorded.count - 1) % recorded.stride != 0 { snapshots.removeLast() }
    snapshots.append(snapshot)
    recorded.count += 1
    guard snapshots.count / 2 >= max(mostSnapshots, 2) else { return }
    let last = snapshots.count - 1
    snapshots = snapshots.indices.filter { $0 % 2 == 0 || $0 == last }.map { snapshots[$0] }
    recorded.stride *= 2
  }
}

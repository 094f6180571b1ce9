import GliaCore

extension LayerHistograms {
  /// Adds the weights of a network and what its layers give for the samples of `data`.
  ///
  /// Of a long training not everything is kept, but always the first and the last.
  /// - Parameters:
  ///   - network: the network as it is now; always of the same layers.
  ///   - data: the samples; a unit that gives 0 for all of them counts as dead.
  ///   - step: when this is, such as the number of the epoch; nil to count on from 1.
  /// - Throws: if the samples do not fit the network, or the layers are not those recorded before.
  public mutating func record(_ network: Network, on data: Dataset, step: Int? = nil) throws {
    let blocks = network.blocks
    let summaries = blocks.map(\.summary)
    guard snapshots.isEmpty || layers == summaries else {
      throw GliaError(
        "a network of the layers \(summaries.map(\.detail))", at: "record", expected: "those of \(layers.map(\.detail))",
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

  /// Adds a snapshot; when there are too many, every other one is dropped, and only as many are kept from then on.
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

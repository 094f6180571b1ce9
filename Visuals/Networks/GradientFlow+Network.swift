import GliaCore

extension GradientFlow {
  /// Adds the norms of the gradients of the mean loss over all samples of `data`.
  ///
  /// - Parameters:
  ///   - network: the network as it is now; always of the same layers.
  ///   - data: the samples, which pass as one batch.
  ///   - loss: the loss.
  ///   - classes: the classes in the order that the network learned; nil to take those of the data.
  /// - Throws: if data, network and loss do not fit together, or the layers are not those recorded before.
  public mutating func record(
    _ network: Network, on data: Dataset, loss: some Loss, classes: [String]? = nil
  ) throws {
    try record(network.gradients(of: loss, on: data, classes: classes).parameters, of: network)
  }

  /// Adds the norms of gradients at hand, such as those of a batch or of a callback's control.
  ///
  /// - Parameters:
  ///   - gradients: the gradients by the names of their tensors, such as `layers.0.weight`.
  ///   - network: the network that they belong to.
  /// - Throws: if the layers are not those recorded before.
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

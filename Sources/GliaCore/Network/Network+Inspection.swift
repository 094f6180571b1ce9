/// The gradients of a loss with respect to every parameter and to the inputs.
public struct Gradients: Sendable {
  /// The mean loss of the samples, without penalties.
  public let loss: Float
  /// ∂loss/∂parameter, by the names of the tensors, such as `layers.0.weight`.
  public let parameters: [(name: String, tensor: Tensor)]
  /// ∂loss/∂x for every sample.
  public let inputs: Tensor

  /// The gradient with respect to the named parameter; nil if there is none.
  public subscript(name: String) -> Tensor? { parameters.first { $0.name == name }?.tensor }
}

extension Network {
  /// Returns the outputs of every layer for the samples `x`: one tensor per layer, one sample per row.
  ///
  /// ```swift
  /// let hidden = try network.activations(for: points)[0]
  /// ```
  /// - Throws: if the samples do not have the network's input shape.
  public func activations(for x: Tensor) throws -> [Tensor] {
    try require(samples: x, at: "activations")
    let numbers = try plan.children.map { [$0.outputCount] }.totalCount()
    try Memory.require(
      [x.rows, numbers], for: "the outputs of all layers for \(x.rows) samples", share: 0.2,
      remedy: "give fewer samples")
    var (values, shape) = (x.values, input)
    return try zip(layers, zip(plan.children, plan.childPlaces)).map { layer, placed in
      let (plan, place) = placed
      let workspace = try Workspace(
        layers: [layer], plan: .chain([layer], input: shape), input: shape, batch: max(x.rows, 1))
      var state = Array(state[place.state..<place.state + plan.stateCount])
      workspace.fill(values)
      try workspace.forward(
        rows: x.rows, parameters: Array(parameters[place.parameter..<place.parameter + plan.parameterCount]),
        state: &state)
      values = Array(UnsafeBufferPointer(start: workspace.y, count: x.rows * plan.outputCount))
      shape = plan.output
      return Tensor(unchecked: [x.rows] + plan.output, values)
    }
  }

  /// Returns the gradients of the mean loss over all samples of `data`, which are processed as one batch.
  ///
  /// - Parameters:
  ///   - loss: the loss; if the output activation matches, it is computed from the logits, as in training.
  ///   - data: the samples with their targets.
  ///   - classes: the classes in the order that the network learned; nil for those of the data.
  ///   - isTraining: whether layers such as dropout behave as in training.
  ///   - seed: the seed of their random draws.
  /// - Throws: if data, network and loss do not fit together.
  public func gradients(
    of loss: some Loss, on data: Dataset, classes: [String]? = nil, isTraining: Bool = false, seed: UInt64 = 0
  ) throws -> Gradients {
    try require(samples: data.inputs, at: data.name)
    try loss.checkSettings()
    let targets = try data.encoded(for: loss, classes: classes, by: self)
    let width = targets.values.width
    try loss.checkWidths(outputs: output.reduce(1, *), targets: width, classes: targets.classes.count)
    let canonical = CanonicalOutput(
      self, try loss.balanced(for: targets.values, classes: targets.classes.count))
    let workspace = try Workspace(
      layers: canonical.layers, plan: .chain(canonical.layers, input: input), input: input,
      batch: data.count, targets: width, learns: true)
    let weights = data.weights ?? []
    workspace.gather(
      ArraySlice(0..<data.count), inputs: data.inputs.values, targets: targets.values.values, weights: weights)
    var state = self.state
    try workspace.forward(
      rows: data.count, parameters: parameters, state: &state, isTraining: isTraining, key: seed)
    let value = try workspace.loss(canonical.loss, rows: data.count, weighted: !weights.isEmpty, needsGradient: true)
    var inputs = data.inputs.values
    try inputs.withUnsafeMutableBufferPointer {
      try workspace.backward(
        rows: data.count, parameters: parameters, isTraining: isTraining, key: seed, dx: $0.baseAddress)
    }
    return Gradients(
      loss: value, parameters: workspace.gradients(of: self), inputs: Tensor(unchecked: data.inputs.shape, inputs))
  }

  /// Throws if the samples do not have the network's input shape; rows with the same number of values are accepted.
  func require(samples x: Tensor, at place: String) throws {
    guard x.shape.dropFirst().elementsEqual(input) || (x.shape.count == 2 && x.width == input.reduce(1, *)) else {
      throw GliaError(
        "samples of shape \(x.sampleShape)", at: place, expected: "\(input), the network's input",
        remedy: "give every sample \(input.reduce(1, *)) numbers")
    }
    try checkInputs(x)
  }
}

extension Workspace {
  /// Returns the gradients of the last pass, tensor by tensor.
  func gradients(of network: Network) -> [(name: String, tensor: Tensor)] {
    network.plan.tensors.map { tensor in
      let values = UnsafeBufferPointer(start: gradient + tensor.range.lowerBound, count: tensor.range.count)
      return (tensor.plan.name, Tensor(unchecked: tensor.plan.shape, Array(values)))
    }
  }
}

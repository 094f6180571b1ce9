extension Network {
  /// Returns the network whose output activation receives z / T instead of z; throws if it has no output activation.
  func tempered(by temperature: Double) throws -> Network {
    guard let (logits, activation) = layers.last?.separatingActivation() else {
      throw GliaError(
        "a temperature for a network without an output activation", at: "glia.temperature",
        expected: "a last layer with sigmoid or softmax")
    }
    var network = try Network(
      input: input,
      layers: layers.dropLast() + [logits, Scaling(by: 1 / Float(temperature)), OutputActivation(activation)])
    (network.parameters, network.state) = (parameters, state)
    return network
  }

  /// Returns the inputs of the output activation, which is a sigmoid or a softmax; nil for any other.
  func logits(for x: Tensor) throws -> (values: [Float], link: Link)? {
    guard let (logits, activation) = layers.last?.separatingActivation(), let link = activation.link,
      link == .logistic || link == .softmax
    else { return nil }
    var network = try Network(input: input, layers: layers.dropLast() + [logits])
    (network.parameters, network.state) = (parameters, state)
    return (try network.predict(x).values, link)
  }
}

/// Multiplies all numbers by a constant: y = c x.
package struct Scaling: Layer {
  package static let name = "scaling"
  package var factor: Float = 1
  package init() {}
  package init(by factor: Float) { self.factor = factor }

  package func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: input) }

  package func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    y.assign(x, times: factor)
  }

  package func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    dx.assign(dy.view, times: factor)
  }
}

/// The output activation as a layer of its own.
package struct OutputActivation: Layer {
  package static let name = "output_activation"
  @Part package var activation: (any Activation)? = nil
  package init() {}
  package init(_ activation: any Activation) { self.activation = activation }

  package func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: input) }

  package func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    y.copy(x)
    if let activation { y.apply(activation) }
  }

  package func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    if let activation { dy.pullBack(activation, sums: context.x, outputs: context.y) }
    dx.copy(dy.view)
  }

  package func separatingActivation() -> (logits: any Layer, activation: any Activation)? {
    activation.map { (Scaling(), $0) }
  }
}

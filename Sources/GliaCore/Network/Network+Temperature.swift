import RealModule

extension Network {
  /// Returns the network whose output activation receives z / T instead of z; throws if it has no output activation.
  func tempered(by temperature: Double) throws -> Network {
    guard let (layers, activation) = layersToLogits else {
      throw GliaError(
        "a temperature for a network without an output activation", at: "glia.temperature",
        expected: "a last layer with sigmoid or softmax, or a mean of such layers")
    }
    return try with(layers + [Scaling(by: 1 / Float(temperature)), OutputActivation(activation)])
  }

  /// Returns the inputs of the output activation, which is a sigmoid or a softmax; nil for any other.
  ///
  /// For a mean of probabilities, they are what the activation would need to return the mean: log p, or log p / (1 - p).
  func logits(for x: Tensor) throws -> (values: [Float], link: Link)? {
    guard let (layers, activation) = layersToLogits, let link = activation.link, link == .logistic || link == .softmax
    else { return nil }
    return (try with(layers).predict(x).values, link)
  }

  /// The layers up to the inputs of the output activation.
  private var layersToLogits: (layers: [any Layer], activation: any Activation)? {
    if let (logits, activation) = layers.last?.separatingActivation() {
      return (layers.dropLast() + [logits], activation)
    }
    guard let activation = layers.last?.outputActivation, let link = activation.link,
      link == .logistic || link == .softmax
    else { return nil }
    return (layers + [Logits(areOdds: link == .logistic)], activation)
  }

  /// The same parameters in other layers.
  private func with(_ layers: [any Layer]) throws -> Network {
    var network = try Network(input: input, layers: layers)
    (network.parameters, network.state) = (parameters, state)
    return network
  }
}

/// The inputs of a softmax or a sigmoid whose outputs are the given probabilities: z = log p, or z = log p / (1 - p).
private struct Logits: FeaturewiseLayer {
  static let name = "logits"
  var areOdds = false
  init() {}
  init(areOdds: Bool) { self.areOdds = areOdds }

  func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: input) }

  func callAsFunction<T: DifferentiableScalar>(_ p: T, _ parameters: FeatureParameters<T>) -> T {
    // Rounding may give 0 and 1.
    let logarithm = T.log(.maximum(p, T(Float.leastNormalMagnitude)))
    return areOdds ? logarithm - .log(.maximum(1 - p, T(Float.ulpOfOne / 4))) : logarithm
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

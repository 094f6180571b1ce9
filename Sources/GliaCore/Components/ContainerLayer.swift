/// A layer that contains other layers and passes samples through them.
///
/// The container plans its children with ``Layer/planned(input:)``, or with ``LayerPlan/chain(_:times:input:)`` if they run in
/// sequence. In a pass, ``ForwardContext/forward(child:_:)`` runs a child, stores its outputs and adds their activity penalty,
/// and ``BackwardContext/backward(child:_:into:)`` propagates the gradient back through it.
///
/// ```swift
/// struct Doubled: ContainerLayer {                             // y = 2 F(x)
///   static let name = "doubled"
///   @Part var layers: [any Layer] = []
///   func plan(input: [Int]) throws -> LayerPlan {
///     let chain = try LayerPlan.chain(layers, input: input)
///     return try LayerPlan(output: chain.output, children: [chain])
///   }
///   func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
///     y.assign(context.forward(child: 0, x), times: 2)
///   }
///   func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
///     dy.assign(dy.view, times: 2)
///     context.backward(child: 0, dy, into: dx)
///   }
/// }
/// ```
public protocol ContainerLayer: Layer {
  /// The contained layers, in the order in which samples pass through them unless the container defines another.
  var layers: [any Layer] { get set }
}

extension ContainerLayer {
  /// Throws if the container is empty.
  public func validate() throws { try requireLayers(as: "layers") }

  /// Throws if the container is empty, naming the setting that holds its layers.
  public func requireLayers(as setting: String) throws {
    try require(!layers.isEmpty, setting, "[]", expected: "at least one layer")
  }

  /// Throws if the first layer does not accept the samples.
  public func checkInputs(_ samples: Tensor) throws {
    try GliaError.locating("layers.0") { try layers.first?.checkInputs(samples) }
  }

  /// The warnings of the layers, in order.
  public func warnings(input: [Int], batch: Int) -> [String] { layers.warnings(input: input, batch: batch) }

  /// Whether one of the layers is stochastic.
  public var isStochastic: Bool { layers.contains { $0.isStochastic } }

  /// The container with its layers resolved.
  public func resolved() -> any Layer {
    var full = self
    full.layers = layers.map { $0.resolved() }
    return full
  }

  /// The number of layers, such as `2 layers`.
  public var detail: String { "\(layers.count) \(layers.count == 1 ? "layer" : "layers")" }
}

extension [any Layer] {
  /// Throws if containers are nested deeper than ``Registry`` makes them.
  func checkNesting() throws {
    var level = self
    for _ in 0...Registry.nestingLimit {
      level = level.flatMap { ($0 as? any ContainerLayer)?.layers ?? [] }
      // Planning refuses so many layers.
      if level.isEmpty || level.count > 10_000 { return }
    }
    throw GliaError(
      "layers nested more than \(Registry.nestingLimit) deep", at: "layers",
      expected: "at most \(Registry.nestingLimit) levels", remedy: "remove containers that hold nothing but another one"
    )
  }
}

extension ForwardContext {
  /// Returns the outputs of child `index` of the plan for the inputs `x`; they are stored for the backward pass.
  @_lifetime(copy self)
  public func forward(child index: Int, _ x: TensorView<Float>) -> TensorView<Float> {
    let y = output(of: index)
    if layer.pointee.hasChild(index, report) { child(index).run(x, into: y) }
    return _overrideLifetime(y.view, copying: self)
  }
}

extension BackwardContext {
  /// Propagates the gradient `dy` back through child `index` of the plan, whose inputs were those of the container.
  public func backward(child index: Int, _ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>) {
    backward(child: index, dy, from: x, needsInputGradient: needsInputGradient, into: dx)
  }

  /// Propagates the gradient `dy` back through child `index` of the plan, whose inputs were `x`.
  public func backward(
    child index: Int, _ dy: MutableTensorView<Float>, from x: TensorView<Float>, needsInputGradient: Bool = true,
    into dx: MutableTensorView<Float>
  ) {
    guard layer.pointee.hasChild(index, report) else { return }
    child(index, x: x, y: output(of: index), needsInputGradient: needsInputGradient).run(dy, into: dx)
  }
}

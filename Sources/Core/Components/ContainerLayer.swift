/// A layer that holds other layers and passes samples through them.
///
/// The container plans its children by ``Layer/planned(input:)``, or by ``LayerPlan/chain(_:times:input:)`` if they follow one
/// another. In a pass ``ForwardContext/forward(child:_:)`` runs a child, keeps its outputs and adds the penalty on them, and
/// ``BackwardContext/backward(child:_:into:)`` takes the gradient back through it.
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
  /// The layers it holds, in the order of a sample's way through them unless the container says otherwise.
  var layers: [any Layer] { get set }
}

extension ContainerLayer {
  /// A container of nothing is refused.
  public func validate() throws { try requireLayers(as: "layers") }

  /// Refuses a container of nothing, by the name of its setting.
  public func requireLayers(as setting: String) throws {
    try require(!layers.isEmpty, setting, "[]", expected: "at least one layer")
  }

  /// What the first layer refuses.
  public func checkInputs(_ samples: Tensor) throws {
    try GliaError.locating("layers.0") { try layers.first?.checkInputs(samples) }
  }

  /// What the layers warn of, one after the other.
  public func warnings(input: [Int], batch: Int) -> [String] { layers.warnings(input: input, batch: batch) }

  /// The container with its layers resolved.
  public func resolved() -> any Layer {
    var full = self
    full.layers = layers.map { $0.resolved() }
    return full
  }

  /// How many layers, such as `2 layers`.
  public var detail: String { "\(layers.count) \(layers.count == 1 ? "layer" : "layers")" }
}

extension ForwardContext {
  /// The outputs of child `index` of the plan for the inputs `x`; they are kept for the backward pass.
  @_lifetime(copy self)
  public func forward(child index: Int, _ x: TensorView<Float>) -> TensorView<Float> {
    let y = output(of: index)
    if layer.pointee.hasChild(index, report) { child(index).run(x, into: y) }
    return _overrideLifetime(y.view, copying: self)
  }
}

extension BackwardContext {
  /// Takes the gradient `dy` back through child `index` of the plan, whose inputs were those of the container.
  public func backward(child index: Int, _ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>) {
    backward(child: index, dy, from: x, needsInputGradient: needsInputGradient, into: dx)
  }

  /// Takes the gradient `dy` back through child `index` of the plan, whose inputs were `x`.
  public func backward(
    child index: Int, _ dy: MutableTensorView<Float>, from x: TensorView<Float>, needsInputGradient: Bool = true,
    into dx: MutableTensorView<Float>
  ) {
    guard layer.pointee.hasChild(index, report) else { return }
    child(index, x: x, y: output(of: index), needsInputGradient: needsInputGradient).run(dy, into: dx)
  }
}

import GliaCore

/// Layers with a way around them: y = x + F(x), where F gives the shape that it gets.
///
/// Parameters: those of the layers, as `layers.0.weight` and so on.
///
/// Source: He, Zhang, Ren and Sun, "Deep residual learning for image recognition" (2016).
public struct Residual: ContainerLayer {
  public static let name = "residual"
  public static let summary = "layers with a way around them: x + F(x)"
  public static var examples: [JSON] {
    [["layers": [JSON.hidden(4), JSON.hidden(6)]], ["layers": ["batch_norm", "prelu"]]]
  }
  /// The layers of F, in order.
  @Required @Part public var layers: [any Layer] = []

  /// Layers that are still to be given.
  public init() {}
  /// The layers that the block lists.
  public init(@NetworkBuilder _ layers: () throws -> [any Layer]) rethrows { self.layers = try layers() }

  public func plan(input: [Int]) throws -> LayerPlan {
    let stack = try LayerPlan.chain(layers, input: input)
    guard stack.output == input else {
      throw GliaError(
        "a residual gets samples of shape \(input), and its layers make \(stack.output) of them", at: "layers",
        expected: "equal shapes, so that they can be added", remedy: "change the last layer")
    }
    return try LayerPlan(output: input, saved: [SavedPlan("gradient", perSample: input)], children: [stack])
  }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    y.assign(x, context.forward(child: 0, x)) { x, f in x + f }
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    let gradient = context.saved["gradient"]
    gradient.copy(dy.view)
    context.backward(child: 0, gradient, into: dx)
    if context.needsInputGradient { dx.add(dy.view) }
  }
}

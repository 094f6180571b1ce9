import GliaCore

/// Layers with a skip connection around them: y = x + F(x), where F keeps the shape of its input.
///
/// Parameters: those of the layers, named `layers.0.weight` and so on.
///
/// Source: He, Zhang, Ren and Sun, "Deep residual learning for image recognition" (2016).
public struct Residual: ContainerLayer {
  public static let name = "residual"
  public static let summary = "layers with a skip connection: x + F(x)"
  public static var examples: [JSON] {
    [["layers": [JSON.hidden(4), JSON.hidden(6)]], ["layers": ["batch_norm", "prelu"]]]
  }
  /// The layers of F, in order.
  @Required @Part public var layers: [any Layer] = []

  /// Creates a residual block without layers; set `layers` before use.
  public init() {}
  /// Creates a residual block around the given layers.
  public init(@NetworkBuilder _ layers: () throws -> [any Layer]) rethrows { self.layers = try layers() }

  public func plan(input: [Int]) throws -> LayerPlan {
    let stack = try LayerPlan.chain(layers, input: input)
    guard stack.output == input else {
      throw GliaError(
        "the layers of a residual block turn samples of shape \(input) into \(stack.output)", at: "layers",
        expected: "equal input and output shapes", remedy: "change the size of the last layer")
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

import GliaActivations
import GliaCore

/// A layer that applies an activation function: y = f(x).
public struct ActivationLayer: Layer {
  public static let name = "activation"
  public static let summary = "an activation function applied as a layer"
  public static var examples: [JSON] {
    [["activation": "tanh"], ["activation": "softmax"], ["activation": "gelu"]]
  }
  /// The activation function f.
  @Required @Part public var activation: any Activation = Linear()

  /// Creates a layer without a function; set `activation` before use.
  public init() {}
  /// Creates a layer that applies `activation`.
  public init(_ activation: some Activation) { self.activation = activation }

  public func plan(input: [Int]) throws -> LayerPlan {
    try LayerPlan(output: input)
  }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    y.copy(x)
    y.apply(activation)
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    dy.pullBack(activation, sums: context.x, outputs: context.y)
    dx.copy(dy.view)
  }

  public func separatingActivation() -> (logits: any Layer, activation: any Activation)? {
    (ActivationLayer(.linear), activation)
  }

  public var detail: String { type(of: activation).name }
}

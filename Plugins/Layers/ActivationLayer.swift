import GliaActivations
import GliaCore

/// An activation as a layer of its own: y = f(x).
public struct ActivationLayer: Layer {
  public static let name = "activation"
  public static let summary = "an activation as a layer of its own"
  public static var examples: [JSON] {
    [["activation": "tanh"], ["activation": "softmax"], ["activation": "gelu"]]
  }
  /// The function.
  @Required @Part public var activation: any Activation = Linear()

  /// The identity.
  public init() {}
  /// A layer that applies `activation`.
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

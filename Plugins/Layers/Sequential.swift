import GliaCore

/// A stack of layers applied in order as a single layer: a branch of ``Parallel``, or a reusable part of a network;
/// y = Fₙ(… F₂(F₁(x))).
///
/// Parameters: those of the layers, named `layers.0.weight` and so on. In JSON the type may be omitted:
/// `{"layers": [...]}`.
public struct Sequential: ContainerLayer {
  public static let name = "sequential"
  public static let aliases = ["sequence"]
  public static let summary = "a stack of layers applied in order"
  public static var examples: [JSON] {
    [
      ["layers": ["layer_norm", JSON.hidden(4), ["type": "dense", "units": 3, "activation": "softmax"]]],
      ["layers": [["type": "embedding", "input_dim": 4, "output_dim": 3], "flatten", JSON.hidden(2)]],
      ["layers": ["prelu", "batch_norm", "flatten"]],
    ]
  }
  /// The layers, in order.
  @Required @Part public var layers: [any Layer] = []

  /// Creates an empty stack; set `layers` before use.
  public init() {}
  /// Creates a stack of the given layers.
  public init(@NetworkBuilder _ layers: () throws -> [any Layer]) rethrows { self.layers = try layers() }

  public func plan(input: [Int]) throws -> LayerPlan { try .chain(layers, input: input) }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    context.forwardChain(x, into: y)
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    context.backwardChain(dy, into: dx)
  }

  public var outputActivation: (any Activation)? { layers.last?.outputActivation }

  public func separatingActivation() -> (logits: any Layer, activation: any Activation)? {
    guard let (last, activation) = layers.last?.separatingActivation() else { return nil }
    var logits = self
    logits.layers[layers.count - 1] = last
    return (logits, activation)
  }
}

import GliaCore

/// Layers one after the other, as one layer: a branch of ``Parallel``, or a part of a network that is reused.
///
/// Parameters: those of the layers, as `layers.0.weight` and so on. In JSON the name may be left out:
/// `{"layers": [...]}`.
public struct Sequential: ContainerLayer {
  public static let name = "sequential"
  public static let aliases = ["sequence"]
  public static let summary = "layers one after the other"
  public static var examples: [JSON] {
    [
      ["layers": ["layer_norm", JSON.hidden(4), ["type": "dense", "units": 3, "activation": "softmax"]]],
      ["layers": [["type": "embedding", "input_dim": 4, "output_dim": 3], "flatten", JSON.hidden(2)]],
      ["layers": ["prelu", "batch_norm", "flatten"]],
    ]
  }
  /// The layers, in order.
  @Required @Part public var layers: [any Layer] = []

  /// Layers that are still to be given.
  public init() {}
  /// The layers that the block lists.
  public init(@NetworkBuilder _ layers: () throws -> [any Layer]) rethrows { self.layers = try layers() }

  public func plan(input: [Int]) throws -> LayerPlan { try .chain(layers, input: input) }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    context.forwardChain(x, into: y)
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    context.backwardChain(dy, into: dx)
  }

  public func separatingActivation() -> (logits: any Layer, activation: any Activation)? {
    guard let (last, activation) = layers.last?.separatingActivation() else { return nil }
    var logits = self
    logits.layers[layers.count - 1] = last
    return (logits, activation)
  }
}

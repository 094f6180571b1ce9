import GliaCore

/// The same layers several times one after the other, each time with parameters of their own.
///
/// Parameters: those of the layers, whose indices go on counting: twice two layers are `layers.0` to `layers.3`.
public struct Repeated: ContainerLayer {
  public static let name = "repeated"
  public static let aliases = ["repeat"]
  public static let summary = "layers several times, each time with parameters of their own"
  public static var examples: [JSON] {
    [
      ["layers": ["batch_norm", JSON.hidden(6)], "times": 3],
      ["layers": [["layers": ["prelu", "rms_norm"]]], "times": 2],
    ]
  }
  /// The layers, in order.
  @Required @Part public var layers: [any Layer] = []
  /// How often.
  @Required public var times = 0

  /// Layers that are still to be given.
  public init() {}
  /// The layers that the block lists, `times` times.
  public init(_ times: Int, @NetworkBuilder _ layers: () throws -> [any Layer]) rethrows {
    self.times = times
    self.layers = try layers()
  }

  public func validate() throws {
    try requireLayers(as: "layers")
    try require(times >= 1, "times", times, expected: "a whole number of at least 1")
  }

  public func plan(input: [Int]) throws -> LayerPlan { try .chain(layers, times: times, input: input) }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    context.forwardChain(x, into: y)
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    context.backwardChain(dy, into: dx)
  }

  public var detail: String { "\(times) × \(layers.count.counting("layer", "layers"))" }
}

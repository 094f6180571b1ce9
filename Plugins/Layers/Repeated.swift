import GliaCore

/// A stack of the same layers repeated several times, each repetition with its own parameters:
/// y = F(F(… F(x))), where each F has its own weights.
///
/// Parameters: those of the layers, numbered consecutively: two layers repeated twice are `layers.0` to `layers.3`.
public struct Repeated: ContainerLayer {
  public static let name = "repeated"
  public static let aliases = ["repeat"]
  public static let summary = "layers repeated several times, each repetition with its own parameters"
  public static var examples: [JSON] {
    [
      ["layers": ["batch_norm", JSON.hidden(6)], "times": 3],
      ["layers": [["layers": ["prelu", "rms_norm"]]], "times": 2],
    ]
  }
  /// The layers to repeat, in order.
  @Required @Part public var layers: [any Layer] = []
  /// The number of repetitions.
  @Required public var times = 0

  /// Creates an empty stack; set `layers` and `times` before use.
  public init() {}
  /// Creates a stack that repeats the given layers `times` times.
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

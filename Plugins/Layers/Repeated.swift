import GliaCore

/// The same layers several times one after the other, each time with parameters of their own.
///
/// Parameters: those of the layers, whose indices go on counting: twice two layers are `layers.0` to `layers.3`.
public struct Repeated: Layer {
  public static let name = "repeated"
  public static let aliases = ["repeat"]
  public static let summary = "layers several times, each time with parameters of their own"
  public static let requiredSettings = ["layers", "times"]
  /// The layers, in order; must be given.
  @Part public var layers: [any Layer] = []
  /// How often; must be given.
  public var times = 1

  /// Layers that are still to be given.
  public init() {}
  /// The layers that the block lists, `times` times.
  public init(_ times: Int, @NetworkBuilder _ layers: () throws -> [any Layer]) rethrows {
    self.times = times
    self.layers = try layers()
  }

  public func validate() throws {
    try requireSome(layers, "layers")
    try require(times >= 1, "times", times, expected: "a whole number of at least 1")
  }

  public func plan(input: [Int]) throws -> LayerPlan { try LayerStack.plan(layers, times: times, input: input) }

  public func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>,
    state: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    LayerStack.forward(layers, x, into: &y, parameters: parameters, state: &state, memory: &memory, pass: pass)
  }

  public func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    LayerStack.backward(
      layers, &dy, into: &dx, x: x, y: y, parameters: parameters, gradients: &gradients, memory: &memory, pass: pass)
  }

  public func check(_ samples: Tensor) throws {
    try GliaError.locating("layers.0") { try layers.first?.check(samples) }
  }

  public func warnings(input: [Int], batch: Int) -> [String] { layers.warnings(input: input, batch: batch) }

  public func resolved() -> any Layer {
    var full = self
    full.layers = layers.map { $0.resolved() }
    return full
  }

  public var detail: String { "\(times) × \(layers.count.counting("layer", "layers"))" }
}

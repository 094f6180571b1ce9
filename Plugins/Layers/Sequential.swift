import GliaCore

/// Layers one after the other, as one layer: a branch of ``Parallel``, or a part of a network that is reused.
///
/// Parameters: those of the layers, as `layers.0.weight` and so on. In JSON the name may be left out:
/// `{"layers": [...]}`.
public struct Sequential: Layer {
  public static let name = "sequence"
  public static let aliases = ["sequential"]
  public static let summary = "layers one after the other"
  public static let requiredSettings = ["layers"]
  /// The layers, in order; must be given.
  @Part public var layers: [any Layer] = []

  /// Layers that are still to be given.
  public init() {}
  /// The layers that the block lists.
  public init(@NetworkBuilder _ layers: () throws -> [any Layer]) rethrows { self.layers = try layers() }

  public func validate() throws { try requireSome(layers, "layers") }

  public func plan(input: [Int]) throws -> LayerPlan { try LayerStack.plan(layers, input: input) }

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

  public func separatingActivation() -> (logits: any Layer, activation: any Activation)? {
    guard let (last, activation) = layers.last?.separatingActivation() else { return nil }
    var logits = self
    logits.layers[layers.count - 1] = last
    return (logits, activation)
  }

  public var detail: String { layers.count.counting("layer", "layers") }
}

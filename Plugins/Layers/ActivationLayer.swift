import GliaActivations
import GliaCore

/// An activation as a layer of its own: y = f(x).
public struct ActivationLayer: Layer {
  public static let name = "activation"
  public static let summary = "an activation as a layer of its own"
  public static let requiredSettings = ["activation"]
  /// The function; must be given.
  @Part public var activation: any Activation = Linear()

  /// The identity.
  public init() {}
  /// A layer that applies `activation`.
  public init(_ activation: some Activation) { self.activation = activation }

  public func plan(input: [Int]) throws -> LayerPlan {
    try LayerPlan(output: input)
  }

  public func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>,
    state: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    for i in x.indices { y[i] = x[i] }
    activation.apply(&y, width: pass.plan.output.last ?? 1)
  }

  public func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    guard !dx.isEmpty else { return }
    activation.pullback(&dy, input: x, output: y, width: pass.plan.output.last ?? 1)
    for i in dx.indices { dx[i] = dy[i] }
  }

  public func separatingActivation() -> (logits: any Layer, activation: any Activation)? {
    (ActivationLayer(.linear), activation)
  }

  public var detail: String { type(of: activation).name }
}

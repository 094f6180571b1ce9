import Glia

/// y = gain · x + shift with a learned gain and shift for every feature.
public struct Affine: Layer {
  public static let name = "affine"
  public static let summary = "gain · x + shift, learned for every feature"
  /// How the gains start.
  @Part public var initializer: any Initializer = .ones
  public init() {}

  public func plan(input: [Int]) throws -> LayerPlan {
    try LayerPlan(
      output: input,
      parameters: [
        ParameterPlan("gain", shape: input, initializer: initializer), ParameterPlan("shift", shape: input),
      ])
  }

  public func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>, state: inout MutableSpan<Float>,
    memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let width = parameters.count / 2
    for i in x.indices { y[i] = parameters[i % width] * x[i] + parameters[width + i % width] }
  }

  public func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let width = parameters.count / 2
    if !pass.accumulates { for i in gradients.indices { gradients[i] = 0 } }
    for i in dy.indices {
      gradients[i % width] += dy[i] * x[i]
      gradients[width + i % width] += dy[i]
    }
    for i in dx.indices { dx[i] = dy[i] * parameters[i % width] }
  }
}

import Glia

/// m ← momentum · m + (1 - momentum) · g; θ ← θ - rate · sign(m) (Bernstein et al., 2018).
public struct Signum: ElementwiseOptimizer {
  public struct State: ParameterState {
    var mean: Float = 0
    public init() {}
  }
  public static let name = "signum"
  public static let summary = "a step of equal size along the sign of the mean gradient"
  public var learningRate: Float = 0.001
  public var momentum: Float = 0.9
  public init() {}

  public func validate() throws {
    try requirePositiveRate()
    try require(momentum >= 0 && momentum < 1, "momentum", momentum, expected: "a number of at least 0 and below 1")
  }

  public func step(_ gradient: Float, state: inout State, at step: OptimizerStep) -> Float {
    state.mean = momentum * state.mean + (1 - momentum) * gradient
    return step.learningRate * (state.mean > 0 ? 1 : state.mean < 0 ? -1 : 0)
  }
}

import Glia

/// m ← momentum · m + (1 - momentum) · g; θ ← θ - rate · sign(m) (Bernstein et al., 2018).
public struct Signum: Optimizer {
  public static let name = "signum"
  public static let summary = "a step of equal size along the sign of the mean gradient"
  public var learningRate: Float = 0.001
  public var momentum: Float = 0.9
  public init() {}

  public func validate() throws {
    try requirePositiveRate()
    try require(momentum >= 0 && momentum < 1, "momentum", momentum, expected: "a number from 0 to below 1")
  }

  public func stateCount(parameters: Int) -> Int { parameters }

  public func update(
    _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, state: inout MutableSpan<Float>, step: OptimizerStep
  ) {
    for i in parameters.indices {
      state[i] = momentum * state[i] + (1 - momentum) * gradient[i]
      parameters[i] -= step.learningRate * (state[i] > 0 ? 1 : state[i] < 0 ? -1 : 0)
    }
  }
}

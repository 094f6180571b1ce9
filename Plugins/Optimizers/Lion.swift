import GliaCore

/// Lion: steps along the sign of a momentum term, so that every parameter changes by the learning rate.
///
/// w ← w - η sign(β₁ m + (1 - β₁) g); m ← β₂ m + (1 - β₂) g, with sign(0) = 0.
///
/// Source: Chen et al., "Symbolic discovery of optimization algorithms" (2023), without its weight decay. Suitable learning
/// rates are 3 to 10 times smaller than for Adam.
public struct Lion: ElementwiseOptimizer {
  /// The state kept for each parameter.
  public struct State: ParameterState {
    /// The running mean of the gradient, m.
    public var momentum: Float = 0
    /// Creates a state of zeros.
    public init() {}
  }

  public static let name = "lion"
  public static let summary = "sign of momentum: w ← w - η sign(β₁ m + (1 - β₁) g); m ← β₂ m + (1 - β₂) g"
  public static var tuning: KeyValuePairs<String, String> {
    ["learning_rate": "log:1e-5..0.1", "beta1": "0.5..0.99", "beta2": "0.8..0.999"]
  }
  /// The learning rate η.
  public var learningRate: Float = 1e-4
  /// The weight of the momentum in the step, β₁.
  public var beta1: Float = 0.9
  /// The exponential decay rate of the momentum, β₂.
  public var beta2: Float = 0.99
  /// Creates a Lion optimizer with the default settings.
  public init() {}
  /// Creates a Lion optimizer with the given settings.
  public init(learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.99) {
    (self.learningRate, self.beta1, self.beta2) = (learningRate, beta1, beta2)
  }

  public func validate() throws {
    try requirePositiveRate()
    try requireFraction(beta1, "beta1")
    try requireFraction(beta2, "beta2")
  }

  public func step(_ gradient: Float, state: inout State, at step: OptimizerStep) -> Float {
    let direction = beta1 * state.momentum + (1 - beta1) * gradient
    state.momentum = beta2 * state.momentum + (1 - beta2) * gradient
    return direction > 0 ? step.learningRate : direction < 0 ? -step.learningRate : 0
  }
}

extension Optimizer where Self == Lion {
  /// Lion, which steps along the sign of a momentum term.
  public static func lion(learningRate: Float = 1e-4, beta1: Float = 0.9, beta2: Float = 0.99) -> Lion {
    Lion(learningRate: learningRate, beta1: beta1, beta2: beta2)
  }
}

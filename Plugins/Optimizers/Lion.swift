import GliaCore

/// The sign of a momentum: every parameter moves by the rate.
///
/// w ← w - η sign(β₁ m + (1 - β₁) g); m ← β₂ m + (1 - β₂) g, with sign(0) = 0.
///
/// Source: Chen et al., "Symbolic discovery of optimization algorithms" (2023), without its weight decay. Rates a third
/// to a tenth of Adam's suit it.
public struct Lion: ElementwiseOptimizer {
  /// The state kept for each parameter.
  public struct State: ParameterState {
    /// The running mean of the gradient, m.
    public var momentum: Float = 0
    /// Zeros.
    public init() {}
  }

  public static let name = "lion"
  public static let summary = "w ← w - η sign(β₁ m + (1 - β₁) g); m ← β₂ m + (1 - β₂) g"
  /// The learning rate η.
  public var learningRate: Float = 1e-4
  /// How much the momentum counts in the step, β₁.
  public var beta1: Float = 0.9
  /// How much of the momentum is kept, β₂.
  public var beta2: Float = 0.99
  /// Rate 0.0001, β₁ 0.9, β₂ 0.99.
  public init() {}
  /// The given hyper-parameters.
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
  /// The sign of a momentum.
  public static func lion(learningRate: Float = 1e-4, beta1: Float = 0.9, beta2: Float = 0.99) -> Lion {
    Lion(learningRate: learningRate, beta1: beta1, beta2: beta2)
  }
}

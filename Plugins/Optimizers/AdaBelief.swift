import GliaCore

/// AdaBelief: Adam with steps divided by how far gradients are from their running mean, so that it strides where they agree.
///
/// m ← β₁ m + (1 - β₁) g; s ← β₂ s + (1 - β₂) (g - m)² + 10⁻¹⁶; w ← w - η m̂ / (√ŝ + ε), with m̂ = m / (1 - β₁ᵗ),
/// ŝ = s / (1 - β₂ᵗ).
///
/// Source: Zhuang et al., "AdaBelief optimizer: adapting stepsizes by the belief in observed gradients" (2020), where ε is
/// added to s, too; there it is fixed here, as in Optax.
public struct AdaBelief: MomentOptimizer, ElementwiseOptimizer {
  /// The state kept for each parameter.
  public struct State: ParameterState {
    /// The running mean of the gradient, m.
    public var mean: Float = 0
    /// The running mean of the squared distance of the gradient from m, s.
    public var surprise: Float = 0
    /// Creates a state of zeros.
    public init() {}
  }

  public static let name = "adabelief"
  public static let summary = "m ← β₁ m + (1 - β₁) g; s ← β₂ s + (1 - β₂) (g - m)²; w ← w - η m̂ / (√ŝ + ε)"
  public static var tuning: KeyValuePairs<String, String> {
    ["learning_rate": "log:1e-4..1", "beta1": "0.5..0.99", "beta2": "0.8..0.999"]
  }
  /// The learning rate η.
  public var learningRate: Float = 0.01
  /// The exponential decay rate of the mean, β₁.
  public var beta1: Float = 0.9
  /// The exponential decay rate of the squared distance, β₂.
  public var beta2: Float = 0.999
  /// A small constant for numerical stability, ε.
  public var epsilon: Float = 1e-16
  /// Creates an AdaBelief optimizer with the default settings.
  public init() {}
  /// Creates an AdaBelief optimizer with the given settings.
  public init(learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-16) {
    (self.learningRate, self.beta1, self.beta2, self.epsilon) = (learningRate, beta1, beta2, epsilon)
  }

  public func validate() throws { try requireMoments() }

  public func prepare(_ step: OptimizerStep) -> CorrectedRate { CorrectedRate(step, beta1, beta2) }

  public func step(_ gradient: Float, state: inout State, at rate: CorrectedRate) -> Float {
    state.mean = beta1 * state.mean + (1 - beta1) * gradient
    let distance = gradient - state.mean
    state.surprise = beta2 * state.surprise + (1 - beta2) * distance * distance + 1e-16
    return rate.first * state.mean / (state.surprise.squareRoot() * rate.root + epsilon)
  }
}

extension Optimizer where Self == AdaBelief {
  /// Adam with steps divided by how far gradients are from their running mean.
  public static func adabelief(
    learningRate: Float = 0.01, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-16
  ) -> AdaBelief {
    AdaBelief(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
  }
}

import GliaCore

/// A variant of Adam based on the infinity norm of the gradient.
///
/// m ← β₁ m + (1 - β₁) g; u ← max(β₂ u, |g| + ε); w ← w - η / (1 - β₁ᵗ) m / u
///
/// Source: Kingma and Ba, "Adam: a method for stochastic optimization" (2015), section 7.1, which has no ε; it is placed as
/// in PyTorch. Keras adds it to u in the division.
public struct AdaMax: MomentOptimizer, ElementwiseOptimizer {
  /// The state kept for each parameter.
  public struct State: ParameterState {
    /// The running mean of the gradient, m.
    public var mean: Float = 0
    /// The exponentially weighted infinity norm of the gradient, u.
    public var largest: Float = 0
    /// Creates a state of zeros.
    public init() {}
  }

  public static let name = "adamax"
  public static let summary = "m ← β₁ m + (1 - β₁) g; u ← max(β₂ u, |g| + ε); w ← w - η m̂ / u"
  public static var tuning: KeyValuePairs<String, String> {
    ["learning_rate": "log:1e-4..1", "beta1": "0.5..0.99", "beta2": "0.8..0.999"]
  }
  /// The learning rate η.
  public var learningRate: Float = 0.001
  /// The exponential decay rate of the first moment, β₁.
  public var beta1: Float = 0.9
  /// The exponential decay rate of the infinity norm, β₂.
  public var beta2: Float = 0.999
  /// A small constant for numerical stability, ε.
  public var epsilon: Float = 1e-8
  /// Creates an AdaMax optimizer with the default settings.
  public init() {}
  /// Creates an AdaMax optimizer with the given settings.
  public init(learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8) {
    (self.learningRate, self.beta1, self.beta2, self.epsilon) = (learningRate, beta1, beta2, epsilon)
  }

  public func validate() throws { try requireMoments() }

  public func prepare(_ step: OptimizerStep) -> CorrectedRate { CorrectedRate(step, beta1, beta2) }

  public func step(_ gradient: Float, state: inout State, at rate: CorrectedRate) -> Float {
    state.mean = beta1 * state.mean + (1 - beta1) * gradient
    state.largest = max(beta2 * state.largest, gradient.magnitude + epsilon)
    return rate.first * state.mean / state.largest
  }
}

extension Optimizer where Self == AdaMax {
  /// A variant of Adam based on the infinity norm.
  public static func adamax(
    learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8
  ) -> AdaMax {
    AdaMax(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
  }
}

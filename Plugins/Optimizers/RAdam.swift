import GliaCore

/// Rectified Adam: starts as momentum until the variance of the adaptive learning rate is tractable.
///
/// m and v as in ``Adam``; ρ∞ = 2 / (1 - β₂) - 1, ρₜ = ρ∞ - 2 t β₂ᵗ / (1 - β₂ᵗ). If ρₜ > 5,
/// w ← w - η r m̂ √(1 - β₂ᵗ) / (√v + ε) with r² = (ρₜ - 4) (ρₜ - 2) ρ∞ / ((ρ∞ - 4) (ρ∞ - 2) ρₜ); otherwise w ← w - η m̂.
///
/// Source: Liu et al., "On the variance of the adaptive learning rate and beyond" (2020), where the threshold is 4; 5 is
/// PyTorch's.
public struct RAdam: MomentOptimizer, ElementwiseOptimizer {
  /// The state kept for each parameter.
  public struct State: ParameterState {
    /// The running mean of the gradient, m.
    public var mean: Float = 0
    /// The running mean of the squared gradient, v.
    public var variance: Float = 0
    /// Creates a state of zeros.
    public init() {}
  }

  public static let name = "radam"
  public static let summary = "momentum at first, then Adam with a rectified learning rate"
  public static var tuning: KeyValuePairs<String, String> {
    ["learning_rate": "log:1e-4..1", "beta1": "0.5..0.99", "beta2": "0.8..0.999"]
  }
  /// The learning rate η.
  public var learningRate: Float = 0.001
  /// The exponential decay rate of the first moment, β₁.
  public var beta1: Float = 0.9
  /// The exponential decay rate of the second moment, β₂.
  public var beta2: Float = 0.999
  /// A small constant for numerical stability, ε.
  public var epsilon: Float = 1e-8
  /// Creates an RAdam optimizer with the default settings.
  public init() {}
  /// Creates an RAdam optimizer with the given settings.
  public init(learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8) {
    (self.learningRate, self.beta1, self.beta2, self.epsilon) = (learningRate, beta1, beta2, epsilon)
  }

  public func validate() throws { try requireMoments() }

  /// The learning rate of a step, and whether the step is divided by the root of the second moment.
  public struct RectifiedRate: Sendable {
    @usableFromInline let rate: Float
    @usableFromInline let divides: Bool
  }

  public func prepare(_ step: OptimizerStep) -> RectifiedRate {
    let (c2, last) = (step.correction(beta2), 2 / (1 - Double(beta2)) - 1)
    let now = last - 2 * Double(step.number) * (1 - c2) / c2
    let squared = (now - 4) * (now - 2) * last / ((last - 4) * (last - 2) * now)
    let rectified = now > 5 ? (squared * c2).squareRoot() : 1
    return RectifiedRate(
      rate: Float(Double(step.learningRate) * rectified / step.correction(beta1)), divides: now > 5)
  }

  public func step(_ gradient: Float, state: inout State, at rate: RectifiedRate) -> Float {
    state.mean = beta1 * state.mean + (1 - beta1) * gradient
    state.variance = beta2 * state.variance + (1 - beta2) * gradient * gradient
    return rate.rate * (rate.divides ? state.mean / (state.variance.squareRoot() + epsilon) : state.mean)
  }
}

extension Optimizer where Self == RAdam {
  /// Rectified Adam.
  public static func radam(
    learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8
  ) -> RAdam {
    RAdam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
  }
}

import GliaCore

/// A variant of Adam that uses the maximum of the second moment, so that step sizes never grow again.
///
/// m and v as in ``Adam``; u ← max(u, v); w ← w - η m̂ / (√û + ε), with m̂ = m / (1 - β₁ᵗ), û = u / (1 - β₂ᵗ).
///
/// Source: Reddi, Kale and Kumar, "On the convergence of Adam and beyond" (2018), which has no bias correction; as in
/// PyTorch and Keras, both moments are corrected here.
public struct AMSGrad: MomentOptimizer, ElementwiseOptimizer {
  /// The state kept for each parameter.
  public struct State: ParameterState {
    /// The running mean of the gradient, m.
    public var mean: Float = 0
    /// The running mean of the squared gradient, v.
    public var variance: Float = 0
    /// The largest second moment so far, u.
    public var largest: Float = 0
    /// Creates a state of zeros.
    public init() {}
  }

  public static let name = "amsgrad"
  public static let summary = "Adam with the maximum of the second moment so far"
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
  /// Creates an AMSGrad optimizer with the default settings.
  public init() {}
  /// Creates an AMSGrad optimizer with the given settings.
  public init(learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8) {
    (self.learningRate, self.beta1, self.beta2, self.epsilon) = (learningRate, beta1, beta2, epsilon)
  }

  public func validate() throws { try requireMoments() }

  public func prepare(_ step: OptimizerStep) -> CorrectedRate { CorrectedRate(step, beta1, beta2) }

  public func step(_ gradient: Float, state: inout State, at rate: CorrectedRate) -> Float {
    state.mean = beta1 * state.mean + (1 - beta1) * gradient
    state.variance = beta2 * state.variance + (1 - beta2) * gradient * gradient
    state.largest = max(state.largest, state.variance)
    return rate.first * state.mean / (state.largest.squareRoot() * rate.root + epsilon)
  }
}

extension Optimizer where Self == AMSGrad {
  /// Adam with the maximum of the second moment.
  public static func amsgrad(
    learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8
  ) -> AMSGrad {
    AMSGrad(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
  }
}

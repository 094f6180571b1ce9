import GliaCore

/// Adam whose mean squared gradient never falls, so that rates never rise.
///
/// m and v as in ``Adam``; u ← max(u, v); w ← w - η m̂ / (√û + ε), with m̂ = m / (1 - β₁ᵗ), û = u / (1 - β₂ᵗ).
///
/// Source: Reddi, Kale and Kumar, "On the convergence of Adam and beyond" (2018), which corrects neither m nor u; as in
/// PyTorch and Keras both are corrected here.
public struct AMSGrad: MomentOptimizer, ElementwiseOptimizer {
  /// The state kept for each parameter.
  public struct State: ParameterState {
    /// The running mean of the gradient, m.
    public var mean: Float = 0
    /// The running mean of the squared gradient, v.
    public var variance: Float = 0
    /// The largest variance so far, v̂.
    public var largest: Float = 0
    /// Zeros.
    public init() {}
  }

  public static let name = "amsgrad"
  public static let summary = "Adam with v̂ replaced by the largest one so far"
  /// The learning rate η.
  public var learningRate: Float = 0.001
  /// The exponential decay rate of the first moment, β₁.
  public var beta1: Float = 0.9
  /// The exponential decay rate of the second moment, β₂.
  public var beta2: Float = 0.999
  /// A small constant for numerical stability, ε.
  public var epsilon: Float = 1e-8
  /// Rate 0.001, β₁ 0.9, β₂ 0.999, ε 1e-8.
  public init() {}
  /// The given hyper-parameters.
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
  /// Adam whose rates never rise.
  public static func amsgrad(
    learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8
  ) -> AMSGrad {
    AMSGrad(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
  }
}

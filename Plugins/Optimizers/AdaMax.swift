import GliaCore

/// Adam by the largest gradient instead of the mean squared one.
///
/// m ← β₁ m + (1 - β₁) g; u ← max(β₂ u, |g| + ε); w ← w - η / (1 - β₁ᵗ) m / u
///
/// Source: Kingma and Ba, "Adam: a method for stochastic optimization" (2015), section 7.1, without ε; it stands as in
/// PyTorch. Keras adds it to u in the division.
public struct AdaMax: MomentOptimizer {
  public static let name = "adamax"
  public static let summary = "m ← β₁ m + (1 - β₁) g; u ← max(β₂ u, |g| + ε); w ← w - η m̂ / u"
  /// The learning rate η.
  public var learningRate: Float = 0.001
  /// How much of the mean gradient is kept, β₁.
  public var beta1: Float = 0.9
  /// How much of the mean size is kept, β₂.
  public var beta2: Float = 0.999
  /// What keeps the division finite, ε.
  public var epsilon: Float = 1e-8
  /// Rate 0.001, β₁ 0.9, β₂ 0.999, ε 1e-8.
  public init() {}
  /// The given hyper-parameters.
  public init(learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8) {
    (self.learningRate, self.beta1, self.beta2, self.epsilon) = (learningRate, beta1, beta2, epsilon)
  }

  public func validate() throws { try requireMoments() }

  public func stateCount(parameters: Int) -> Int { 2 * parameters }

  public func update(
    _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, state: inout MutableSpan<Float>, step: OptimizerStep
  ) {
    let n = gradient.count
    guard let g = gradient.address, let w = parameters.address, let m = state.address else { return }
    let u = m + n
    let rate = Float(Double(step.learningRate) / step.correction(beta1))
    let (beta1, beta2, epsilon) = (beta1, beta2, epsilon)
    for i in 0..<n {
      m[i] = beta1 * m[i] + (1 - beta1) * g[i]
      u[i] = max(beta2 * u[i], g[i].magnitude + epsilon)
      w[i] -= rate * m[i] / u[i]
    }
  }
}

extension Optimizer where Self == AdaMax {
  /// Adam by the largest gradient.
  public static func adamax(
    learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8
  ) -> AdaMax {
    AdaMax(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
  }
}

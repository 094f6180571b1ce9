import GliaCore

/// Adam that begins as momentum, until the mean squared gradient can be relied on.
///
/// m and v as in ``Adam``; ρ∞ = 2 / (1 - β₂) - 1, ρₜ = ρ∞ - 2 t β₂ᵗ / (1 - β₂ᵗ). Where ρₜ > 5, w ← w - η r m̂ √(1 - β₂ᵗ) / (√v + ε)
/// with r² = (ρₜ - 4) (ρₜ - 2) ρ∞ / ((ρ∞ - 4) (ρ∞ - 2) ρₜ); else w ← w - η m̂.
///
/// Source: Liu et al., "On the variance of the adaptive learning rate and beyond" (2020), with the limit 4 instead of 5,
/// which is PyTorch's.
public struct RAdam: MomentOptimizer {
  public static let name = "radam"
  public static let summary = "momentum at first, then adam with a rectified rate"
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
    let v = m + n
    let (c2, last) = (step.correction(beta2), 2 / (1 - Double(beta2)) - 1)
    let now = last - 2 * Double(step.number) * (1 - c2) / c2
    let divides = now > 5
    let squared = (now - 4) * (now - 2) * last / ((last - 4) * (last - 2) * now)
    let rectified = divides ? (squared * c2).squareRoot() : 1
    let rate = Float(Double(step.learningRate) * rectified / step.correction(beta1))
    let (beta1, beta2, epsilon) = (beta1, beta2, epsilon)
    for i in 0..<n {
      m[i] = beta1 * m[i] + (1 - beta1) * g[i]
      v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i]
      w[i] -= rate * (divides ? m[i] / (v[i].squareRoot() + epsilon) : m[i])
    }
  }
}

extension Optimizer where Self == RAdam {
  /// Adam that begins as momentum.
  public static func radam(
    learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8
  ) -> RAdam {
    RAdam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
  }
}

import GliaCore
import GliaKernels

/// Momentum and RMSProp together, both corrected for their start at zero.
///
/// m ← β₁ m + (1 - β₁) g; v ← β₂ v + (1 - β₂) g²; w ← w - η m̂ / (√v̂ + ε), with m̂ = m / (1 - β₁ᵗ), v̂ = v / (1 - β₂ᵗ).
///
/// Source: Kingma and Ba, "Adam: a method for stochastic optimization" (2015). TensorFlow applies ε before the correction
/// of v; here, as in the paper and in PyTorch, it comes after.
public struct Adam: MomentOptimizer {
  public static let name = "adam"
  public static let summary = "m ← β₁ m + (1 - β₁) g; v ← β₂ v + (1 - β₂) g²; w ← w - η m̂ / (√v̂ + ε)"
  /// The learning rate η.
  public var learningRate: Float = 0.001
  /// How much of the mean gradient is kept, β₁.
  public var beta1: Float = 0.9
  /// How much of the mean squared gradient is kept, β₂.
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
    let (c1, c2) = (Float(step.correction(beta1)), Float(step.correction(beta2)))
    glia_adam(n, step.learningRate, beta1, beta2, epsilon, c1, c2, g, m, m + n, w)
  }
}

extension Optimizer where Self == Adam {
  /// Adam.
  public static func adam(
    learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8
  ) -> Adam {
    Adam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
  }
}

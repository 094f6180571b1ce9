import GliaCore
import GliaKernels

/// Adam with weight decay of its own, which the adaptive rates do not scale.
///
/// w ← (1 - η λ) w, then a step of ``Adam``.
///
/// Source: Loshchilov and Hutter, "Decoupled weight decay regularization" (2019); as in PyTorch the decay goes with the
/// rate, and every parameter decays, biases too.
public struct AdamW: MomentOptimizer {
  public static let name = "adamw"
  public static let summary = "w ← (1 - η λ) w, then a step of adam"
  /// The learning rate η.
  public var learningRate: Float = 0.001
  /// How much of the mean gradient is kept, β₁.
  public var beta1: Float = 0.9
  /// How much of the mean size is kept, β₂.
  public var beta2: Float = 0.999
  /// What keeps the division finite, ε.
  public var epsilon: Float = 1e-8
  /// How fast parameters decay, λ.
  public var weightDecay: Float = 0.01
  /// Rate 0.001, β₁ 0.9, β₂ 0.999, ε 1e-8, decay 0.01.
  public init() {}
  /// The given hyper-parameters.
  public init(
    learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8, weightDecay: Float = 0.01
  ) {
    (self.learningRate, self.beta1, self.beta2, self.epsilon) = (learningRate, beta1, beta2, epsilon)
    self.weightDecay = weightDecay
  }

  public func validate() throws {
    try requireMoments()
    try requireDecay(weightDecay)
  }

  public func stateCount(parameters: Int) -> Int { 2 * parameters }

  public func update(
    _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, state: inout MutableSpan<Float>, step: OptimizerStep
  ) {
    let n = gradient.count
    guard let g = gradient.address, let w = parameters.address, let m = state.address else { return }
    let kept = Float(1 - Double(step.learningRate) * Double(weightDecay))
    for i in 0..<n { w[i] *= kept }
    let (c1, c2) = (Float(step.correction(beta1)), Float(step.correction(beta2)))
    glia_adam(n, step.learningRate, beta1, beta2, epsilon, c1, c2, g, m, m + n, w)
  }
}

extension Optimizer where Self == AdamW {
  /// Adam with decoupled weight decay.
  public static func adamw(
    learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8,
    weightDecay: Float = 0.01
  ) -> AdamW {
    AdamW(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay)
  }
}

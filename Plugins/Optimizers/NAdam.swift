import GliaCore
import GliaKernels

/// Adam with Nesterov's momentum, which looks ahead.
///
/// m and v as in ``Adam``, μₜ = β₁ (1 - ½ · 0.96^(t ψ)) and πₜ = Π μᵢ up to t:
/// w ← w - η (μₜ₊₁ m / (1 - πₜ₊₁) + (1 - μₜ) g / (1 - πₜ)) / (√v̂ + ε), with v̂ = v / (1 - β₂ᵗ).
///
/// Source: Dozat, "Incorporating Nesterov momentum into Adam" (2016). The state keeps 1 - πₜ as its last number.
public struct NAdam: MomentOptimizer {
  public static let name = "nadam"
  public static let summary = "adam with a momentum μ that rises, looking ahead"
  /// The learning rate η.
  public var learningRate: Float = 0.001
  /// How much of the mean gradient is kept, β₁.
  public var beta1: Float = 0.9
  /// How much of the mean size is kept, β₂.
  public var beta2: Float = 0.999
  /// What keeps the division finite, ε.
  public var epsilon: Float = 1e-8
  /// How fast the momentum rises, ψ.
  public var momentumDecay: Float = 0.004
  /// Rate 0.001, β₁ 0.9, β₂ 0.999, ε 1e-8, ψ 0.004.
  public init() {}
  /// The given hyper-parameters.
  public init(
    learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8, momentumDecay: Float = 0.004
  ) {
    (self.learningRate, self.beta1, self.beta2, self.epsilon) = (learningRate, beta1, beta2, epsilon)
    self.momentumDecay = momentumDecay
  }

  public func validate() throws {
    try requireMoments()
    try require(
      momentumDecay >= 0 && momentumDecay.isFinite, "momentum_decay", momentumDecay, expected: "a number of 0 or more")
  }

  private func momentum(at number: Int) -> Double {
    Double(beta1) * (1 - 0.5 * pow(0.96, Double(number) * Double(momentumDecay)))
  }

  public func stateCount(parameters: Int) -> Int { 2 * parameters + 1 }

  public func update(
    _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, state: inout MutableSpan<Float>, step: OptimizerStep
  ) {
    let n = gradient.count
    guard let g = gradient.address, let w = parameters.address, let m = state.address else { return }
    let v = m + n
    let (now, next) = (momentum(at: step.number), momentum(at: step.number + 1))
    let correction = now * Double(m[2 * n]) + 1 - now
    m[2 * n] = Float(correction)
    let fresh = Float(Double(step.learningRate) * (1 - now) / correction)
    let kept = Float(Double(step.learningRate) * next / (next * correction + 1 - next))
    let root = Float(1 / step.correction(beta2).squareRoot())
    let (beta1, beta2, epsilon) = (beta1, beta2, epsilon)
    for i in 0..<n {
      m[i] = beta1 * m[i] + (1 - beta1) * g[i]
      v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i]
      w[i] -= (fresh * g[i] + kept * m[i]) / (v[i].squareRoot() * root + epsilon)
    }
  }
}

extension Optimizer where Self == NAdam {
  /// Adam with Nesterov's momentum.
  public static func nadam(
    learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8,
    momentumDecay: Float = 0.004
  ) -> NAdam {
    NAdam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, momentumDecay: momentumDecay)
  }
}

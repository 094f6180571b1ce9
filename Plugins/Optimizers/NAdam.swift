import GliaCore
import GliaKernels

/// Adam with Nesterov momentum.
///
/// m and v as in ``Adam``, μₜ = β₁ (1 - ½ · 0.96^(t ψ)) and πₜ = μ₁ · … · μₜ:
/// w ← w - η (μₜ₊₁ m / (1 - πₜ₊₁) + (1 - μₜ) g / (1 - πₜ)) / (√v̂ + ε), with v̂ = v / (1 - β₂ᵗ).
///
/// Source: Dozat, "Incorporating Nesterov momentum into Adam" (2016). The state holds 1 - πₜ as its last element.
public struct NAdam: MomentOptimizer {
  public static let name = "nadam"
  public static let summary = "Adam with Nesterov momentum on an increasing schedule"
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
  /// The decay rate ψ in the momentum schedule.
  public var momentumDecay: Float = 0.004
  /// Creates an NAdam optimizer with the default settings.
  public init() {}
  /// Creates an NAdam optimizer with the given settings.
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

  public func state(for shape: [Int]) -> [StatePlan] {
    [StatePlan("mean", shape: shape), StatePlan("variance", shape: shape), StatePlan("momentum_product", shape: [1])]
  }

  public func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    let product = context.state["momentum_product"]
    let (now, next) = (momentum(at: context.number), momentum(at: context.number + 1))
    let correction = now * Double(product[0]) + 1 - now
    product[0] = Float(correction)
    let fresh = Float(Double(context.learningRate) * (1 - now) / correction)
    let kept = Float(Double(context.learningRate) * next / (next * correction + 1 - next))
    let root = Float(1 / context.step.correction(beta2).squareRoot())
    let mean = context.state["mean"]
    let variance = context.state["variance"]
    mean.update(gradient.view) { mean, g in mean = beta1 * mean + (1 - beta1) * g }
    variance.update(gradient.view) { variance, g in variance = beta2 * variance + (1 - beta2) * g * g }
    gradient.update(mean.view, variance.view) { g, mean, variance in
      g = (fresh * g + kept * mean) / (variance.squareRoot() * root + epsilon)
    }
  }
}

extension Optimizer where Self == NAdam {
  /// Adam with Nesterov momentum.
  public static func nadam(
    learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8,
    momentumDecay: Float = 0.004
  ) -> NAdam {
    NAdam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, momentumDecay: momentumDecay)
  }
}

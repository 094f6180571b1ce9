import GliaCore

/// AdEMAMix: AdamW with a second, slow running mean of the gradient, which makes use of gradients thousands of steps old.
///
/// m and v as in ``Adam``; l ← β₃ l + (1 - β₃) g; w ← w - η ((m̂ + α l) / (√v̂ + ε) + λ w). The slow mean is not corrected for
/// its start at zero, so that it gains influence gradually.
///
/// Source: Pagliardini, Ablin and Grangier, "The AdEMAMix optimizer: better, faster, older" (2024), with constant α and β₃.
public struct AdEMAMix: MomentOptimizer {
  public static let name = "ademamix"
  public static let summary = "AdamW with a slow mean l ← β₃ l + (1 - β₃) g: w ← w - η ((m̂ + α l) / (√v̂ + ε) + λ w)"
  public static var tuning: KeyValuePairs<String, String> {
    ["learning_rate": "log:1e-4..1", "beta1": "0.5..0.99", "alpha": "1..10"]
  }
  /// The learning rate η.
  public var learningRate: Float = 0.01
  /// The exponential decay rate of the fast mean, β₁.
  public var beta1: Float = 0.9
  /// The exponential decay rate of the second moment, β₂.
  public var beta2: Float = 0.999
  /// The exponential decay rate of the slow mean, β₃.
  public var beta3: Float = 0.9999
  /// The weight of the slow mean, α.
  public var alpha: Float = 5
  /// A small constant for numerical stability, ε.
  public var epsilon: Float = 1e-8
  /// The weight decay coefficient, λ.
  public var weightDecay: Float = 0
  /// The tensors that decay.
  public var decays = DecayedTensors.all
  /// Creates an AdEMAMix optimizer with the default settings.
  public init() {}
  /// Creates an AdEMAMix optimizer with the given settings.
  public init(
    learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.999, beta3: Float = 0.9999, alpha: Float = 5,
    epsilon: Float = 1e-8, weightDecay: Float = 0, decays: DecayedTensors = .all
  ) {
    (self.learningRate, self.beta1, self.beta2, self.beta3) = (learningRate, beta1, beta2, beta3)
    (self.alpha, self.epsilon, self.weightDecay, self.decays) = (alpha, epsilon, weightDecay, decays)
  }

  public func validate() throws {
    try requireMoments()
    try requireFraction(beta3, "beta3")
    try require(alpha >= 0 && alpha.isFinite, "alpha", alpha, expected: "a number of 0 or more")
    try requireDecay(weightDecay)
  }

  public func state(for shape: [Int]) -> [StatePlan] {
    [StatePlan("mean", shape: shape), StatePlan("slow_mean", shape: shape), StatePlan("variance", shape: shape)]
  }

  public func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    let rate = CorrectedRate(context.step, beta1, beta2)
    let slowRate = context.learningRate * alpha
    let mean = context.state["mean"]
    let slow = context.state["slow_mean"]
    let variance = context.state["variance"]
    mean.update(gradient.view) { mean, g in mean = beta1 * mean + (1 - beta1) * g }
    slow.update(gradient.view) { slow, g in slow = beta3 * slow + (1 - beta3) * g }
    variance.update(gradient.view) { variance, g in variance = beta2 * variance + (1 - beta2) * g * g }
    gradient.assign(mean.view, slow.view, variance.view) { mean, slow, variance in
      (rate.first * mean + slowRate * slow) / (variance.squareRoot() * rate.root + epsilon)
    }
    if decays.contains(axisCount: context.axisCount()) {
      gradient.add(weight, times: context.learningRate * weightDecay)
    }
  }
}

extension Optimizer where Self == AdEMAMix {
  /// AdamW with a second, slow running mean of the gradient.
  public static func ademamix(
    learningRate: Float = 0.01, beta1: Float = 0.9, beta2: Float = 0.999, beta3: Float = 0.9999, alpha: Float = 5,
    epsilon: Float = 1e-8, weightDecay: Float = 0, decays: DecayedTensors = .all
  ) -> AdEMAMix {
    AdEMAMix(
      learningRate: learningRate, beta1: beta1, beta2: beta2, beta3: beta3, alpha: alpha, epsilon: epsilon,
      weightDecay: weightDecay, decays: decays)
  }
}

import GliaCore

/// Schedule-free AdamW: the average of the weights is evaluated in place of a running mean of gradients.
///
/// v ← β₂ v + (1 - β₂) g²; z ← z - η (g / (√v̂ + ε) + λ y), with v̂ = v / (1 - β₂ᵗ); x and y as in ``ScheduleFreeSGD``.
///
/// Source: Defazio et al., "The road less scheduled" (2024). A warm-up helps, other schedules do not.
public struct ScheduleFreeAdamW: ScheduleFreeOptimizer, MomentOptimizer {
  public static let name = "schedule_free_adamw"
  public static let summary =
    "z ← z - η (g(y) / (√v̂ + ε) + λ y); x ← (1 - c) x + c z; y = β₁ x + (1 - β₁) z; evaluates x"
  public static var tuning: KeyValuePairs<String, String> {
    ["learning_rate": "log:1e-4..1", "beta1": "0.5..0.98", "beta2": "0.8..0.999"]
  }
  /// The learning rate η.
  public var learningRate: Float = 0.01
  /// The weight of the average in the weights at which gradients are computed, β₁.
  public var beta1: Float = 0.9
  /// The exponential decay rate of the second moment, β₂.
  public var beta2: Float = 0.999
  /// A small constant for numerical stability, ε.
  public var epsilon: Float = 1e-8
  /// The weight decay coefficient, λ.
  public var weightDecay: Float = 0
  /// The tensors that decay.
  public var decays = DecayedTensors.all
  /// Creates a schedule-free AdamW optimizer with the default settings.
  public init() {}
  /// Creates a schedule-free AdamW optimizer with the given settings.
  public init(
    learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8, weightDecay: Float = 0,
    decays: DecayedTensors = .all
  ) {
    (self.learningRate, self.beta1, self.beta2, self.epsilon) = (learningRate, beta1, beta2, epsilon)
    (self.weightDecay, self.decays) = (weightDecay, decays)
  }

  public func validate() throws {
    try requireInterpolation()
    try requireMoments()
    try requireDecay(weightDecay)
  }

  public func state(for shape: [Int]) -> [StatePlan] {
    averageState(for: shape) + [StatePlan("variance", shape: shape)]
  }

  public func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    let root = Float(1 / context.step.correction(beta2).squareRoot())
    let variance = context.state["variance"]
    variance.update(gradient.view) { variance, g in variance = beta2 * variance + (1 - beta2) * g * g }
    gradient.update(variance.view) { g, variance in g /= variance.squareRoot() * root + epsilon }
    if decays.contains(axisCount: context.axisCount()) { gradient.add(weight, times: weightDecay) }
    interpolate(gradient, of: weight, context)
  }
}

extension Optimizer where Self == ScheduleFreeAdamW {
  /// Schedule-free AdamW, which evaluates an average of the weights.
  public static func scheduleFreeAdamW(
    learningRate: Float = 0.01, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8,
    weightDecay: Float = 0, decays: DecayedTensors = .all
  ) -> ScheduleFreeAdamW {
    ScheduleFreeAdamW(
      learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
      decays: decays)
  }
}

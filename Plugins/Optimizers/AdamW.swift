import GliaCore

/// Adam with decoupled weight decay, which is not scaled by the adaptive learning rates.
///
/// w ← (1 - η λ) w, then a step of ``Adam``.
///
/// Source: Loshchilov and Hutter, "Decoupled weight decay regularization" (2019); as in PyTorch, the decay is proportional
/// to the learning rate and applies to all parameters, including biases. With `"decays": "weights"` it leaves biases and the
/// scales of norms alone, which have one axis; every optimizer with a `weight_decay` has this setting.
public struct AdamW: MomentOptimizer {
  public static let name = "adamw"
  public static let summary = "Adam with decoupled weight decay: w ← (1 - η λ) w, then a step of Adam"
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
  /// The weight decay coefficient, λ.
  public var weightDecay: Float = 0.01
  /// The tensors that decay.
  public var decays = DecayedTensors.all
  /// Creates an AdamW optimizer with the default settings.
  public init() {}
  /// Creates an AdamW optimizer with the given settings.
  public init(
    learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8, weightDecay: Float = 0.01,
    decays: DecayedTensors = .all
  ) {
    (self.learningRate, self.beta1, self.beta2, self.epsilon) = (learningRate, beta1, beta2, epsilon)
    (self.weightDecay, self.decays) = (weightDecay, decays)
  }

  public func validate() throws {
    try requireMoments()
    try requireDecay(weightDecay)
  }

  private var adam: Adam { Adam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon) }

  public func state(for shape: [Int]) -> [StatePlan] { adam.state(for: shape) }

  public func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    adam.step(gradient, of: weight, context)
    if decays.contains(axisCount: context.axisCount()) {
      gradient.add(weight, times: context.learningRate * weightDecay)
    }
  }

  public func update(
    _ weight: MutableTensorView<Float>, _ gradient: MutableTensorView<Float>, _ context: UpdateContext
  ) {
    if decays.contains(axisCount: context.axisCount()) {
      weight.assign(weight.view, times: Float(1 - Double(context.learningRate) * Double(weightDecay)))
    }
    adam.update(weight, gradient, context)
  }
}

extension Optimizer where Self == AdamW {
  /// Adam with decoupled weight decay.
  public static func adamw(
    learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8,
    weightDecay: Float = 0.01, decays: DecayedTensors = .all
  ) -> AdamW {
    AdamW(
      learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
      decays: decays)
  }
}

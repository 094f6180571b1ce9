import GliaCore

/// LAMB: Adam with step lengths proportional to the norm of each tensor, for large batches.
///
/// m̂ and v̂ as in ``Adam``; u = m̂ / (√v̂ + ε) + λ w; w ← w - η ‖w‖ / ‖u‖ u for each tensor separately, where the ratio is 1
/// if either norm is 0.
///
/// Source: You et al., "Large batch optimization for deep learning: training BERT in 76 minutes" (2020), with φ(z) = z.
public struct LAMB: MomentOptimizer {
  public static let name = "lamb"
  public static let summary = "layer-wise adaptive Adam: u = m̂ / (√v̂ + ε) + λ w; w ← w - η ‖w‖ / ‖u‖ u per tensor"
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
  public var epsilon: Float = 1e-6
  /// The weight decay coefficient, λ.
  public var weightDecay: Float = 0.01
  /// The tensors that decay.
  public var decays = DecayedTensors.all
  /// Creates a LAMB optimizer with the default settings.
  public init() {}
  /// Creates a LAMB optimizer with the given settings.
  public init(
    learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-6, weightDecay: Float = 0.01,
    decays: DecayedTensors = .all
  ) {
    (self.learningRate, self.beta1, self.beta2, self.epsilon) = (learningRate, beta1, beta2, epsilon)
    (self.weightDecay, self.decays) = (weightDecay, decays)
  }

  public func validate() throws {
    try requireMoments()
    try requireDecay(weightDecay)
  }

  public func state(for shape: [Int]) -> [StatePlan] {
    [StatePlan("mean", shape: shape), StatePlan("variance", shape: shape)]
  }

  public func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    let first = Float(1 / context.step.correction(beta1))
    let root = Float(1 / context.step.correction(beta2).squareRoot())
    let decay = decays.contains(axisCount: context.axisCount()) ? weightDecay : 0
    let mean = context.state["mean"]
    let variance = context.state["variance"]
    mean.update(gradient.view) { mean, g in mean = beta1 * mean + (1 - beta1) * g }
    variance.update(gradient.view) { variance, g in variance = beta2 * variance + (1 - beta2) * g * g }
    gradient.assign(mean.view, variance.view, weight) { mean, variance, weight in
      first * mean / (variance.squareRoot() * root + epsilon) + decay * weight
    }
    let (size, length) = (weight.sumOfSquares, gradient.view.sumOfSquares)
    let trust = size > 0 && length > 0 ? (size / length).squareRoot() : 1
    gradient.assign(gradient.view, times: Float(Double(context.learningRate) * trust))
  }
}

extension Optimizer where Self == LAMB {
  /// Adam with step lengths proportional to the norm of each tensor.
  public static func lamb(
    learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-6,
    weightDecay: Float = 0.01, decays: DecayedTensors = .all
  ) -> LAMB {
    LAMB(
      learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
      decays: decays)
  }
}

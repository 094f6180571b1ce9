import GliaCore
import GliaKernels

/// Adam: momentum and RMSProp combined, both corrected for their initialization at zero.
///
/// m ← β₁ m + (1 - β₁) g; v ← β₂ v + (1 - β₂) g²; w ← w - η m̂ / (√v̂ + ε), with m̂ = m / (1 - β₁ᵗ), v̂ = v / (1 - β₂ᵗ).
///
/// Source: Kingma and Ba, "Adam: a method for stochastic optimization" (2015). TensorFlow applies ε before the bias
/// correction of v; here it is applied after, as in the paper and in PyTorch.
public struct Adam: MomentOptimizer, ElementwiseOptimizer {
  /// The state kept for each parameter.
  public struct State: ParameterState {
    /// The running mean of the gradient, m.
    public var mean: Float = 0
    /// The running mean of the squared gradient, v.
    public var variance: Float = 0
    /// Creates a state of zeros.
    public init() {}
  }

  public static let name = "adam"
  public static let summary = "m ← β₁ m + (1 - β₁) g; v ← β₂ v + (1 - β₂) g²; w ← w - η m̂ / (√v̂ + ε)"
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
  /// Creates an Adam optimizer with the default settings.
  public init() {}
  /// Creates an Adam optimizer with the given settings.
  public init(learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8) {
    (self.learningRate, self.beta1, self.beta2, self.epsilon) = (learningRate, beta1, beta2, epsilon)
  }

  public func validate() throws { try requireMoments() }

  public func prepare(_ step: OptimizerStep) -> CorrectedRate { CorrectedRate(step, beta1, beta2) }

  public func step(_ gradient: Float, state: inout State, at rate: CorrectedRate) -> Float {
    state.mean = beta1 * state.mean + (1 - beta1) * gradient
    state.variance = beta2 * state.variance + (1 - beta2) * gradient * gradient
    return rate.first * state.mean / (state.variance.squareRoot() * rate.root + epsilon)
  }

  public func update(
    _ weight: MutableTensorView<Float>, _ gradient: MutableTensorView<Float>, _ context: UpdateContext
  ) {
    let (c1, c2) = (Float(context.step.correction(beta1)), Float(context.step.correction(beta2)))
    weight.callKernel(gradient.view, context.state["mean"], context.state["variance"]) { n, g, m, v, _, w in
      glia_adam(n, context.learningRate, beta1, beta2, epsilon, c1, c2, g, m, v, w)
    }
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

import GliaCore
import GliaKernels

/// ADOPT: Adam that divides each gradient by the second moment of the earlier ones only, which converges for any β₂.
///
/// c = g / max(√v, ε), clipped to ±t^¼; m ← β₁ m + (1 - β₁) c; w ← w - η m; v ← β₂ v + (1 - β₂) g². The first gradient only
/// sets v ← g²; t counts the steps after it.
///
/// Source: Taniguchi et al., "ADOPT: modified Adam can converge with any β₂ with the optimal rate" (2024).
public struct ADOPT: MomentOptimizer, ElementwiseOptimizer {
  /// The state kept for each parameter.
  public struct State: ParameterState {
    /// The running mean of the divided gradient, m.
    public var mean: Float = 0
    /// The running mean of the squared gradient, v.
    public var variance: Float = 0
    /// Creates a state of zeros.
    public init() {}
  }

  public static let name = "adopt"
  public static let summary = "m ← β₁ m + (1 - β₁) g / √v; w ← w - η m; then v ← β₂ v + (1 - β₂) g²"
  public static var tuning: KeyValuePairs<String, String> {
    ["learning_rate": "log:1e-4..1", "beta1": "0.5..0.99", "beta2": "0.9..0.9999"]
  }
  /// The learning rate η.
  public var learningRate: Float = 0.01
  /// The exponential decay rate of the first moment, β₁.
  public var beta1: Float = 0.9
  /// The exponential decay rate of the second moment, β₂.
  public var beta2: Float = 0.9999
  /// The least root of the second moment, ε.
  public var epsilon: Float = 1e-6
  /// Creates an ADOPT optimizer with the default settings.
  public init() {}
  /// Creates an ADOPT optimizer with the given settings.
  public init(learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.9999, epsilon: Float = 1e-6) {
    (self.learningRate, self.beta1, self.beta2, self.epsilon) = (learningRate, beta1, beta2, epsilon)
  }

  public func validate() throws { try requireMoments() }

  /// The learning rate of a step, and the largest divided gradient; 0 in the first step.
  public struct ClippedRate: Sendable {
    @usableFromInline let rate: Float
    @usableFromInline let limit: Float
  }

  public func prepare(_ step: OptimizerStep) -> ClippedRate {
    ClippedRate(rate: step.learningRate, limit: Float(pow(Double(step.number - 1), 0.25)))
  }

  public func step(_ gradient: Float, state: inout State, at common: ClippedRate) -> Float {
    guard common.limit > 0 else {
      state.variance = gradient * gradient
      return 0
    }
    let divided = gradient / max(state.variance.squareRoot(), epsilon)
    state.mean = beta1 * state.mean + (1 - beta1) * min(max(divided, -common.limit), common.limit)
    state.variance = beta2 * state.variance + (1 - beta2) * gradient * gradient
    return common.rate * state.mean
  }
}

extension Optimizer where Self == ADOPT {
  /// Adam that divides each gradient by the second moment of the earlier ones.
  public static func adopt(
    learningRate: Float = 0.01, beta1: Float = 0.9, beta2: Float = 0.9999, epsilon: Float = 1e-6
  ) -> ADOPT {
    ADOPT(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
  }
}

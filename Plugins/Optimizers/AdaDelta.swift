import GliaCore

/// AdaDelta: scales each step by the running size of earlier steps relative to that of the gradients.
///
/// s ← ρ s + (1 - ρ) g²; d = g √(u + ε) / √(s + ε); u ← ρ u + (1 - ρ) d²; w ← w - η d
///
/// Source: Zeiler, "ADADELTA: an adaptive learning rate method" (2012), which has no learning rate, that is, η = 1. Keras
/// defaults to 0.001 and ε 1e-7.
public struct AdaDelta: ElementwiseOptimizer {
  /// The state kept for each parameter.
  public struct State: ParameterState {
    /// The running mean of the squared gradient, s.
    public var squares: Float = 0
    /// The running mean of the squared step, u.
    public var steps: Float = 0
    /// Creates a state of zeros.
    public init() {}
  }

  public static let name = "adadelta"
  public static let summary = "s ← ρ s + (1 - ρ) g²; d = g √(u + ε) / √(s + ε); u ← ρ u + (1 - ρ) d²; w ← w - η d"
  public static var tuning: KeyValuePairs<String, String> { ["learning_rate": "log:1e-2..100", "rho": "0.5..0.999"] }
  /// The learning rate η.
  public var learningRate: Float = 1
  /// The decay rate of the running means, ρ.
  public var rho: Float = 0.9
  /// A small constant inside the square roots, which sets the size of the first steps, ε.
  public var epsilon: Float = 1e-6
  /// Creates an AdaDelta optimizer with the default settings.
  public init() {}
  /// Creates an AdaDelta optimizer with the given settings.
  public init(learningRate: Float, rho: Float = 0.9, epsilon: Float = 1e-6) {
    (self.learningRate, self.rho, self.epsilon) = (learningRate, rho, epsilon)
  }

  public func validate() throws {
    try requirePositiveRate()
    try requireFraction(rho, "rho")
    try requirePositive(epsilon, "epsilon")
  }

  public func step(_ gradient: Float, state: inout State, at step: OptimizerStep) -> Float {
    state.squares = rho * state.squares + (1 - rho) * gradient * gradient
    let d = gradient * (state.steps + epsilon).squareRoot() / (state.squares + epsilon).squareRoot()
    state.steps = rho * state.steps + (1 - rho) * d * d
    return step.learningRate * d
  }
}

extension Optimizer where Self == AdaDelta {
  /// AdaDelta.
  public static func adadelta(learningRate: Float = 1, rho: Float = 0.9, epsilon: Float = 1e-6) -> AdaDelta {
    AdaDelta(learningRate: learningRate, rho: rho, epsilon: epsilon)
  }
}

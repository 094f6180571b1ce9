import GliaCore

/// Steps as large as former steps were, in relation to the gradients: the units of gradient and parameter agree.
///
/// s ← ρ s + (1 - ρ) g²; d = g √(u + ε) / √(s + ε); u ← ρ u + (1 - ρ) d²; w ← w - η d
///
/// Source: Zeiler, "ADADELTA: an adaptive learning rate method" (2012), which has no rate: η = 1. Keras takes 0.001 and
/// ε 1e-7.
public struct AdaDelta: ElementwiseOptimizer {
  /// The state kept for each parameter.
  public struct State: ParameterState {
    /// The mean squared gradient, s.
    public var squares: Float = 0
    /// The mean squared step, u.
    public var steps: Float = 0
    /// Zeros.
    public init() {}
  }

  public static let name = "adadelta"
  public static let summary = "s ← ρ s + (1 - ρ) g²; d = g √(u + ε) / √(s + ε); u ← ρ u + (1 - ρ) d²; w ← w - η d"
  /// The learning rate η.
  public var learningRate: Float = 1
  /// How much of the running means is kept, ρ.
  public var rho: Float = 0.9
  /// What gets the first step going, ε; inside of the roots.
  public var epsilon: Float = 1e-6
  /// Rate 1, ρ 0.9, ε 1e-6.
  public init() {}
  /// The given hyper-parameters.
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
  /// Steps as large as former steps were, in relation to the gradients.
  public static func adadelta(learningRate: Float = 1, rho: Float = 0.9, epsilon: Float = 1e-6) -> AdaDelta {
    AdaDelta(learningRate: learningRate, rho: rho, epsilon: epsilon)
  }
}

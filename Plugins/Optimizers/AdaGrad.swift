import GliaCore

/// AdaGrad: gradient descent with a learning rate per parameter that decreases as squared gradients accumulate.
///
/// s ← s + g²; w ← w - η g / (√s + ε)
///
/// Source: Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic optimization"
/// (2011). As in PyTorch, s starts at 0; in Keras, at 0.1, with ε inside the square root.
public struct AdaGrad: ElementwiseOptimizer {
  /// The state kept for each parameter.
  public struct State: ParameterState {
    /// The sum of the squared gradients, s.
    public var squares: Float = 0
    /// Creates a state of zeros.
    public init() {}
  }

  public static let name = "adagrad"
  public static let summary = "s ← s + g²; w ← w - η g / (√s + ε)"
  public static var tuning: KeyValuePairs<String, String> { ["learning_rate": "log:1e-3..10"] }
  /// The learning rate η.
  public var learningRate: Float = 0.01
  /// A small constant for numerical stability, ε, added outside the square root.
  public var epsilon: Float = 1e-10
  /// Creates an AdaGrad optimizer with the default settings.
  public init() {}
  /// Creates an AdaGrad optimizer with the given settings.
  public init(learningRate: Float, epsilon: Float = 1e-10) {
    (self.learningRate, self.epsilon) = (learningRate, epsilon)
  }

  public func validate() throws {
    try requirePositiveRate()
    try requirePositive(epsilon, "epsilon")
  }

  public func step(_ gradient: Float, state: inout State, at step: OptimizerStep) -> Float {
    state.squares += gradient * gradient
    return step.learningRate * gradient / (state.squares.squareRoot() + epsilon)
  }
}

extension Optimizer where Self == AdaGrad {
  /// AdaGrad.
  public static func adagrad(learningRate: Float = 0.01, epsilon: Float = 1e-10) -> AdaGrad {
    AdaGrad(learningRate: learningRate, epsilon: epsilon)
  }
}

import GliaCore

/// Gradient descent with a rate for every parameter that falls with all the gradients it has seen.
///
/// s ← s + g²; w ← w - η g / (√s + ε)
///
/// Source: Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic optimization"
/// (2011). As in PyTorch s begins at 0; in Keras at 0.1, with ε inside of the root.
public struct AdaGrad: ElementwiseOptimizer {
  /// The state kept for each parameter.
  public struct State: ParameterState {
    /// The sum of the squared gradients, s.
    public var squares: Float = 0
    /// Zeros.
    public init() {}
  }

  public static let name = "adagrad"
  public static let summary = "s ← s + g²; w ← w - η g / (√s + ε)"
  /// The learning rate η.
  public var learningRate: Float = 0.01
  /// A small constant for numerical stability, ε, added outside the square root.
  public var epsilon: Float = 1e-10
  /// Rate 0.01, ε 1e-10.
  public init() {}
  /// The given hyper-parameters.
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
  /// Gradient descent with rates that fall with the gradients seen.
  public static func adagrad(learningRate: Float = 0.01, epsilon: Float = 1e-10) -> AdaGrad {
    AdaGrad(learningRate: learningRate, epsilon: epsilon)
  }
}

import GliaCore
import GliaKernels

/// Gradient descent with momentum.
///
/// v ← μ v + g; w ← w - η v
///
/// Source: Polyak, "Some methods of speeding up the convergence of iteration methods" (1964).
public struct Momentum: ElementwiseOptimizer {
  /// The state kept for each parameter.
  public struct State: ParameterState {
    /// The velocity v.
    public var velocity: Float = 0
    /// Creates a state of zeros.
    public init() {}
  }

  public static let name = "momentum"
  public static let summary = "gradient descent with momentum: v ← μ v + g; w ← w - η v"
  public static var tuning: KeyValuePairs<String, String> { ["learning_rate": "log:1e-4..1", "momentum": "0.5..0.99"] }
  /// The learning rate η.
  public var learningRate: Float = 0.01
  /// The momentum coefficient, μ.
  public var momentum: Float = 0.9
  /// Creates a momentum optimizer with learning rate 0.01 and momentum 0.9.
  public init() {}
  /// Creates a momentum optimizer with the given learning rate and momentum.
  public init(learningRate: Float, momentum: Float = 0.9) {
    (self.learningRate, self.momentum) = (learningRate, momentum)
  }

  public func validate() throws {
    try requirePositiveRate()
    try requireFraction(momentum, "momentum")
  }

  public func step(_ gradient: Float, state: inout State, at step: OptimizerStep) -> Float {
    state.velocity = momentum * state.velocity + gradient
    return step.learningRate * state.velocity
  }

  public func update(
    _ weight: MutableTensorView<Float>, _ gradient: MutableTensorView<Float>, _ context: UpdateContext
  ) {
    weight.callKernel(gradient.view, context.state["velocity"]) { n, g, v, _, _, w in
      glia_momentum(n, context.learningRate, momentum, g, v, w)
    }
  }
}

extension Optimizer where Self == Momentum {
  /// Gradient descent with momentum.
  public static func momentum(learningRate: Float = 0.01, momentum: Float = 0.9) -> Momentum {
    Momentum(learningRate: learningRate, momentum: momentum)
  }
}

import GliaCore
import GliaKernels

/// Gradient descent with Nesterov momentum, which looks one step ahead.
///
/// v ← μ v + g; w ← w - η (g + μ v)
///
/// Source: Nesterov, "A method for solving the convex programming problem with convergence rate O(1/k²)" (1983), in the form
/// of Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and momentum in deep learning" (2013).
public struct Nesterov: ElementwiseOptimizer {
  /// The state kept for each parameter.
  public struct State: ParameterState {
    /// The velocity v.
    public var velocity: Float = 0
    /// Creates a state of zeros.
    public init() {}
  }

  public static let name = "nesterov"
  public static let summary = "gradient descent with Nesterov momentum: v ← μ v + g; w ← w - η (g + μ v)"
  public static var tuning: KeyValuePairs<String, String> { ["learning_rate": "log:1e-4..1", "momentum": "0.5..0.99"] }
  /// The learning rate η.
  public var learningRate: Float = 0.01
  /// The momentum coefficient, μ.
  public var momentum: Float = 0.9
  /// Creates a Nesterov optimizer with learning rate 0.01 and momentum 0.9.
  public init() {}
  /// Creates a Nesterov optimizer with the given learning rate and momentum.
  public init(learningRate: Float, momentum: Float = 0.9) {
    (self.learningRate, self.momentum) = (learningRate, momentum)
  }

  public func validate() throws {
    try requirePositiveRate()
    try requireFraction(momentum, "momentum")
  }

  public func step(_ gradient: Float, state: inout State, at step: OptimizerStep) -> Float {
    state.velocity = momentum * state.velocity + gradient
    return step.learningRate * (gradient + momentum * state.velocity)
  }

  public func update(
    _ weight: MutableTensorView<Float>, _ gradient: MutableTensorView<Float>, _ context: UpdateContext
  ) {
    weight.callKernel(gradient.view, context.state["velocity"]) { n, g, v, _, _, w in
      glia_nesterov(n, context.learningRate, momentum, g, v, w)
    }
  }
}

extension Optimizer where Self == Nesterov {
  /// Gradient descent with Nesterov momentum.
  public static func nesterov(learningRate: Float = 0.01, momentum: Float = 0.9) -> Nesterov {
    Nesterov(learningRate: learningRate, momentum: momentum)
  }
}

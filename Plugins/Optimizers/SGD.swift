import GliaCore
import GliaKernels

/// Stochastic gradient descent: w ← w - η g.
public struct SGD: ElementwiseOptimizer {
  public static let name = "sgd"
  public static let aliases = ["gradient_descent"]
  public static let summary = "stochastic gradient descent: w ← w - η g"
  public static var tuning: KeyValuePairs<String, String> { ["learning_rate": "log:1e-3..10"] }
  /// The learning rate η.
  public var learningRate: Float = 0.01
  /// Creates an SGD optimizer with learning rate 0.01.
  public init() {}
  /// Creates an SGD optimizer with the given learning rate.
  public init(learningRate: Float) { self.learningRate = learningRate }

  public func step(_ gradient: Float, state: inout NoState, at step: OptimizerStep) -> Float {
    step.learningRate * gradient
  }

  public func update(
    _ weight: MutableTensorView<Float>, _ gradient: MutableTensorView<Float>, _ context: UpdateContext
  ) {
    weight.callKernel(gradient.view) { n, g, _, _, _, w in glia_sgd(n, context.learningRate, g, w) }
  }
}

extension Optimizer where Self == SGD {
  /// Stochastic gradient descent.
  public static func sgd(learningRate: Float = 0.01) -> SGD { SGD(learningRate: learningRate) }
}

import GliaCore
import GliaKernels

/// Gradient descent: w ← w - η g.
public struct SGD: Optimizer {
  public static let name = "sgd"
  public static let aliases = ["gradient_descent"]
  public static let summary = "w ← w - η g"
  /// The learning rate η.
  public var learningRate: Float = 0.01
  /// Rate 0.01.
  public init() {}
  /// Gradient descent at a rate.
  public init(learningRate: Float) { self.learningRate = learningRate }

  public func update(
    _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, state: inout MutableSpan<Float>, step: OptimizerStep
  ) {
    guard let g = gradient.address, let w = parameters.address else { return }
    glia_sgd(gradient.count, step.learningRate, g, w)
  }
}

extension Optimizer where Self == SGD {
  /// Gradient descent.
  public static func sgd(learningRate: Float = 0.01) -> SGD { SGD(learningRate: learningRate) }
}

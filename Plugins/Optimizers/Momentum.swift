import GliaCore
import GliaKernels

/// Gradient descent with momentum.
///
/// v ← μ v + g; w ← w - η v
///
/// Source: Polyak, "Some methods of speeding up the convergence of iteration methods" (1964).
public struct Momentum: Optimizer {
  public static let name = "momentum"
  public static let summary = "v ← μ v + g; w ← w - η v"
  /// The learning rate η.
  public var learningRate: Float = 0.01
  /// How much of the velocity is kept, μ.
  public var momentum: Float = 0.9
  /// Rate 0.01, momentum 0.9.
  public init() {}
  /// The given rate and momentum.
  public init(learningRate: Float, momentum: Float = 0.9) {
    (self.learningRate, self.momentum) = (learningRate, momentum)
  }

  public func validate() throws {
    try requirePositiveRate()
    try requireFraction(momentum, "momentum")
  }

  public func stateCount(parameters: Int) -> Int { parameters }

  public func update(
    _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, state: inout MutableSpan<Float>, step: OptimizerStep
  ) {
    guard let g = gradient.address, let w = parameters.address, let v = state.address else { return }
    glia_momentum(gradient.count, step.learningRate, momentum, g, v, w)
  }
}

extension Optimizer where Self == Momentum {
  /// Gradient descent with momentum.
  public static func momentum(learningRate: Float = 0.01, momentum: Float = 0.9) -> Momentum {
    Momentum(learningRate: learningRate, momentum: momentum)
  }
}

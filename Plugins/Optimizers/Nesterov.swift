import GliaCore
import GliaKernels

/// Gradient descent with Nesterov's momentum, which looks ahead.
///
/// v ← μ v + g; w ← w - η (g + μ v)
///
/// Source: Nesterov (1983), in the form of Sutskever, Martens, Dahl and Hinton (2013).
public struct Nesterov: Optimizer {
  public static let name = "nesterov"
  public static let summary = "v ← μ v + g; w ← w - η (g + μ v)"
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
    glia_nesterov(gradient.count, step.learningRate, momentum, g, v, w)
  }
}

extension Optimizer where Self == Nesterov {
  /// Gradient descent with Nesterov's momentum, which looks ahead.
  public static func nesterov(learningRate: Float = 0.01, momentum: Float = 0.9) -> Nesterov {
    Nesterov(learningRate: learningRate, momentum: momentum)
  }
}

import GliaCore
import GliaKernels

/// Divides the gradient by a running mean of its size.
///
/// s ← ρ s + (1 - ρ) g²; w ← w - η g / (√s + ε). Centered, √(s - m²) takes the place of √s, where m ← ρ m + (1 - ρ) g.
/// With a momentum μ, v ← μ v + g / (√s + ε); w ← w - η v.
///
/// Source: Tieleman and Hinton, lecture 6.5 of "Neural networks for machine learning" (2012); centered: Graves (2013).
public struct RMSProp: Optimizer {
  public static let name = "rmsprop"
  public static let summary = "s ← ρ s + (1 - ρ) g²; w ← w - η g / (√s + ε)"
  /// The learning rate η.
  public var learningRate: Float = 0.001
  /// How much of the running mean is kept, ρ.
  public var rho: Float = 0.9
  /// What keeps the division finite, ε; outside of the root.
  public var epsilon: Float = 1e-8
  /// Whether the mean gradient is subtracted from its size.
  public var centered = false
  /// How much of the velocity is kept, μ.
  public var momentum: Float = 0
  /// Rate 0.001, ρ 0.9.
  public init() {}
  /// The given hyper-parameters.
  public init(
    learningRate: Float, rho: Float = 0.9, epsilon: Float = 1e-8, centered: Bool = false, momentum: Float = 0
  ) {
    (self.learningRate, self.rho, self.epsilon) = (learningRate, rho, epsilon)
    (self.centered, self.momentum) = (centered, momentum)
  }

  public func validate() throws {
    try requirePositiveRate()
    try requireFraction(rho, "rho")
    try requirePositive(epsilon, "epsilon")
    try requireFraction(momentum, "momentum")
  }

  public func stateCount(parameters: Int) -> Int {
    (1 + (centered ? 1 : 0) + (momentum > 0 ? 1 : 0)) * parameters
  }

  public func update(
    _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, state: inout MutableSpan<Float>, step: OptimizerStep
  ) {
    let n = gradient.count
    guard let g = gradient.address, let w = parameters.address, let square = state.address else { return }
    let mean = centered ? square + n : nil
    let velocity = momentum > 0 ? square + (centered ? 2 : 1) * n : nil
    glia_rmsprop(n, step.learningRate, rho, epsilon, momentum, g, square, mean, velocity, w)
  }
}

extension Optimizer where Self == RMSProp {
  /// Gradient descent divided by a running mean of the gradient's size.
  public static func rmsprop(
    learningRate: Float = 0.001, rho: Float = 0.9, epsilon: Float = 1e-8, centered: Bool = false, momentum: Float = 0
  ) -> RMSProp {
    RMSProp(learningRate: learningRate, rho: rho, epsilon: epsilon, centered: centered, momentum: momentum)
  }
}

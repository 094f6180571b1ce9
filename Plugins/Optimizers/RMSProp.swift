import GliaCore
import GliaKernels

/// RMSProp: divides the gradient by a running root mean square.
///
/// s ← ρ s + (1 - ρ) g²; w ← w - η g / (√s + ε). If `centered`, √(s - m²) replaces √s, where m ← ρ m + (1 - ρ) g.
/// With momentum μ, v ← μ v + g / (√s + ε); w ← w - η v.
///
/// Source: Tieleman and Hinton, lecture 6.5 of "Neural networks for machine learning" (2012); centered: Graves (2013).
public struct RMSProp: Optimizer {
  public static let name = "rmsprop"
  public static let summary = "s ← ρ s + (1 - ρ) g²; w ← w - η g / (√s + ε)"
  public static var tuning: KeyValuePairs<String, String> { ["learning_rate": "log:1e-4..1", "rho": "0.5..0.999"] }
  /// The learning rate η.
  public var learningRate: Float = 0.001
  /// The exponential decay rate of the running mean, ρ.
  public var rho: Float = 0.9
  /// A small constant for numerical stability, ε, added outside the square root.
  public var epsilon: Float = 1e-8
  /// Whether to normalize the gradient by its estimated variance instead of its mean square.
  public var centered = false
  /// The momentum coefficient, μ.
  public var momentum: Float = 0
  /// Creates an RMSProp optimizer with the default settings.
  public init() {}
  /// Creates an RMSProp optimizer with the given settings.
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

  public func state(for shape: [Int]) -> [StatePlan] {
    ["square", centered ? "mean" : nil, momentum > 0 ? "velocity" : nil].compactMap(\.self).map {
      StatePlan($0, shape: shape)
    }
  }

  public func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    let square = context.state["square"]
    square.update(gradient.view) { square, g in square = rho * square + (1 - rho) * g * g }
    if centered {
      let mean = context.state["mean"]
      mean.update(gradient.view) { mean, g in mean = rho * mean + (1 - rho) * g }
      gradient.update(square.view, mean.view) { g, square, mean in
        g /= max(square - mean * mean, 0).squareRoot() + epsilon
      }
    } else {
      gradient.update(square.view) { g, square in g /= square.squareRoot() + epsilon }
    }
    if momentum > 0 {
      let velocity = context.state["velocity"]
      velocity.update(gradient.view) { velocity, g in velocity = momentum * velocity + g }
      gradient.copy(velocity.view)
    }
    gradient.assign(gradient.view, times: context.learningRate)
  }

  public func update(
    _ weight: MutableTensorView<Float>, _ gradient: MutableTensorView<Float>, _ context: UpdateContext
  ) {
    let mean = centered ? context.state["mean"] : nil
    let velocity = momentum > 0 ? context.state["velocity"] : nil
    weight.callKernel(gradient.view, context.state["square"], mean, velocity) { n, g, square, mean, velocity, w in
      glia_rmsprop(n, context.learningRate, rho, epsilon, momentum, g, square, mean, velocity, w)
    }
  }
}

extension Optimizer where Self == RMSProp {
  /// Gradient descent divided by a running root mean square of the gradient.
  public static func rmsprop(
    learningRate: Float = 0.001, rho: Float = 0.9, epsilon: Float = 1e-8, centered: Bool = false, momentum: Float = 0
  ) -> RMSProp {
    RMSProp(learningRate: learningRate, rho: rho, epsilon: epsilon, centered: centered, momentum: momentum)
  }
}

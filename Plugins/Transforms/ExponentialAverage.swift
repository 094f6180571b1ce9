import GliaCore
import GliaKernels

/// An exponential moving average of the weights, which is used for evaluation and saved, while training continues with the
/// weights themselves.
///
/// s ← μ s + (1 - μ) w after each update; evaluated is s / (1 - μᵗ) after t updates, which corrects for the start at zero.
///
/// Source: Polyak and Juditsky, "Acceleration of stochastic approximation by averaging" (1992); bias correction as in Adam.
public struct ExponentialAverage: WeightAverage {
  public static let name = "exponential_average"
  public static let aliases = ["ema", "exponential_moving_average"]
  public static let summary = "exponential moving average of the weights: s ← μ s + (1 - μ) w; evaluates s / (1 - μᵗ)"
  /// The decay rate of the average, μ.
  public var momentum: Float = 0.99
  /// Creates an average with μ 0.99.
  public init() {}
  /// Creates an average with the given μ.
  public init(momentum: Float) { self.momentum = momentum }

  public func validate() throws {
    try require(momentum >= 0 && momentum < 1, "momentum", momentum, expected: "a number of at least 0 and below 1")
  }

  public func state(for count: Int) -> [StatePlan] { [StatePlan("mean", shape: [count])] }

  public func didUpdate(_ weights: MutableTensorView<Float>, _ context: UpdateContext) {
    let mean = context.state["mean"]
    mean.assign(mean.view, times: momentum)
    mean.add(weights.view, times: 1 - momentum)
  }

  public func average(_ weights: MutableTensorView<Float>, _ context: UpdateContext) {
    weights.assign(
      context.state["mean"].view, times: Float(1 / (1 - pow(Double(momentum), Double(context.number)))))
  }
}

extension Transform where Self == ExponentialAverage {
  /// An exponential moving average of the weights for evaluation.
  public static func exponentialAverage(momentum: Float = 0.99) -> ExponentialAverage {
    ExponentialAverage(momentum: momentum)
  }
}

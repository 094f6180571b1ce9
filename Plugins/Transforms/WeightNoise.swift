import GliaCore

/// Adds noise to the weights in each forward and backward pass, w + N(0, stddev²), while updates apply to the clean weights.
///
/// Loss and gradient are those of the noisy weights, which favors flat minima.
///
/// Source: Murray and Edwards, "Enhanced MLP performance and fault tolerance resulting from synaptic weight noise during
/// training" (1994).
public struct WeightNoise: WeightPerturbation {
  public static let name = "weight_noise"
  public static let summary = "weight noise: loss and gradient at w + N(0, stddev²)"
  /// The standard deviation of the noise.
  public var stddev: Float = 0.01
  /// Creates weight noise with standard deviation 0.01.
  public init() {}
  /// Creates weight noise with the given standard deviation.
  public init(_ stddev: Float) { self.stddev = stddev }

  public func validate() throws {
    try require(stddev >= 0 && stddev.isFinite, "stddev", stddev, expected: "a number of 0 or more")
  }

  public func perturb(_ weights: MutableTensorView<Float>, _ context: UpdateContext) {
    weights.addNoise(Double(stddev), context.random)
  }
}

extension Transform where Self == WeightNoise {
  /// Adds noise to the weights in each pass.
  public static func weightNoise(_ stddev: Float = 0.01) -> WeightNoise { WeightNoise(stddev) }
}

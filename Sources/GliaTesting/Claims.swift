import GliaCore

/// An activation that states whether it is monotonic, which ``checkActivation(_:registry:)`` verifies.
///
/// ```swift
/// extension Swish: MonotonicityClaim { public var isMonotonic: Bool { false } }
/// ```
public protocol MonotonicityClaim: Activation {
  /// Whether, with the current settings, each output is a non-decreasing function of its own z.
  var isMonotonic: Bool { get }
}

extension MonotonicityClaim {
  /// True: the activation is monotonic for all settings.
  public var isMonotonic: Bool { true }
}

/// An initializer that states its distribution, which ``checkInitializer(_:registry:)`` verifies.
public protocol DistributionClaim: Initializer {
  /// Returns the distribution of the numbers drawn for a unit with `fanIn` inputs, each connected to `fanOut` units; nil if
  /// unspecified.
  func distribution(fanIn: Double, fanOut: Double) -> Distribution?
}

/// The mean, variance and bounds of a distribution of random numbers.
public struct Distribution: Hashable, Sendable {
  /// The mean.
  public var mean: Double
  /// The variance.
  public var variance: Double
  /// The smallest interval that contains all numbers.
  public var bounds: ClosedRange<Double>

  /// Creates a distribution, by default without bounds.
  public init(mean: Double = 0, variance: Double, bounds: ClosedRange<Double> = -.infinity ... .infinity) {
    (self.mean, self.variance, self.bounds) = (mean, variance, bounds)
  }

  /// Creates a uniform distribution from -√(3 variance) to √(3 variance), which has mean 0 and the given variance.
  public init(uniform variance: Double) {
    let limit = (3 * variance).squareRoot()
    self.init(variance: variance, bounds: -limit...limit)
  }
}

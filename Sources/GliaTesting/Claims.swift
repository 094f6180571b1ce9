import GliaCore

/// An activation that claims never to fall, for ``checkActivation(_:registry:)`` to check.
///
/// ```swift
/// extension Swish: MonotonicityClaim { public var isMonotonic: Bool { false } }
/// ```
public protocol MonotonicityClaim: Activation {
  /// Whether, with the settings as they are, an output never falls while its own z rises.
  var isMonotonic: Bool { get }
}

extension MonotonicityClaim {
  /// It never falls, whatever the settings.
  public var isMonotonic: Bool { true }
}

/// An initializer that claims a distribution, for ``checkInitializer(_:registry:)`` to check.
public protocol DistributionClaim: Initializer {
  /// The distribution of the numbers drawn for a unit that sums over `fanIn` inputs, each of which reaches `fanOut` units; nil for
  /// no claim.
  func distribution(fanIn: Double, fanOut: Double) -> Distribution?
}

/// The mean, the variance and the bounds of random numbers.
public struct Distribution: Hashable, Sendable {
  /// The mean.
  public var mean: Double
  /// The variance.
  public var variance: Double
  /// The smallest interval that holds all numbers.
  public var bounds: ClosedRange<Double>

  /// A distribution, by default without bounds.
  public init(mean: Double = 0, variance: Double, bounds: ClosedRange<Double> = -.infinity ... .infinity) {
    (self.mean, self.variance, self.bounds) = (mean, variance, bounds)
  }

  /// Equally likely numbers around 0 with the given variance: from -√(3 variance) to √(3 variance).
  public init(uniform variance: Double) {
    let limit = (3 * variance).squareRoot()
    self.init(variance: variance, bounds: -limit...limit)
  }
}

import GliaCore
import RealModule

/// Friedman's first regression problem: y = 10 sin(π x₁ x₂) + 20 (x₃ - ½)² + 10 x₄ + 5 x₅ with noise.
///
/// All features are drawn uniformly from [0, 1); those after the fifth are irrelevant.
///
/// Source: Friedman, "Multivariate adaptive regression splines" (1991), with noise 1; `make_friedman1` of scikit-learn.
public struct Friedman1: GeneratedData {
  public static let name = "friedman1"
  public static let aliases = ["friedman"]
  public static let summary = "Friedman's first regression problem: five relevant features among ten"
  /// The number of points.
  public var samples = 1000
  /// The number of features, at least 5.
  public var features = 10
  /// The standard deviation of the noise on y.
  public var noise = 0.0
  /// The seed of the features and the noise.
  public var seed: UInt64 = 0

  /// Creates 1000 points with ten features, without noise.
  public init() {}
  /// Creates the given number of points.
  public init(samples: Int, features: Int = 10, noise: Double = 0, seed: UInt64 = 0) {
    (self.samples, self.features, self.noise, self.seed) = (samples, features, noise, seed)
  }

  public var inputNames: [String] { numberedInputs(features) }
  public var targetName: String { "y" }

  public func validate() throws {
    try requireSamplesAndNoise()
    try requireFeatures(features, from: 5)
  }

  public func sample(_ index: Int, random: inout Random) -> GeneratedSample {
    let x = (0..<features).map { _ in random.uniform() }
    let y = 10 * Double.sin(.pi * x[0] * x[1]) + 20 * (x[2] - 0.5) * (x[2] - 0.5) + 10 * x[3] + 5 * x[4]
    return GeneratedSample(x, y + deviation(&random))
  }
}

extension DataSource where Self == Friedman1 {
  /// Friedman's first regression problem.
  public static func friedman1(
    samples: Int = 1000, features: Int = 10, noise: Double = 0, seed: UInt64 = 0
  ) -> Friedman1 {
    Friedman1(samples: samples, features: features, noise: noise, seed: seed)
  }
}

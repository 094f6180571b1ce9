import GliaCore

/// A linear function with noise: y = w · x, with x drawn from N(0, I) and the coefficients w uniformly from [-1, 1).
///
/// Source: `make_regression` of scikit-learn, whose coefficients range from 0 to 100.
public struct LinearFunction: GeneratedData {
  public static let name = "linear_function"
  public static let aliases = ["regression"]
  public static let summary = "a linear function of normal features with random coefficients, for regression"
  /// The number of points.
  public var samples = 500
  /// The number of features.
  public var features = 5
  /// The standard deviation of the noise on y.
  public var noise = 0.1
  /// The seed of the coefficients, the features, and the noise.
  public var seed: UInt64 = 0

  /// Creates 500 points with five features and some noise.
  public init() {}
  /// Creates the given number of points.
  public init(samples: Int, features: Int = 5, noise: Double = 0.1, seed: UInt64 = 0) {
    (self.samples, self.features, self.noise, self.seed) = (samples, features, noise, seed)
  }

  /// The coefficients w, which a linear model has to recover.
  public var coefficients: [Double] {
    var random = Random(seed: seed, 0xC0EFF)
    return (0..<max(features, 0)).map { _ in 2 * random.uniform() - 1 }
  }

  public var inputNames: [String] { numberedInputs(features) }
  public var targetName: String { "y" }

  public func validate() throws {
    try requireSamplesAndNoise()
    try requireFeatures(features)
  }

  public func sample(_ index: Int, random: inout Random) -> GeneratedSample {
    let x = (0..<features).map { _ in random.normal() }
    return GeneratedSample(x, zip(coefficients, x).reduce(0) { $0 + $1.0 * $1.1 } + deviation(&random))
  }
}

extension DataSource where Self == LinearFunction {
  /// A linear function with random coefficients.
  public static func linearFunction(
    samples: Int = 500, features: Int = 5, noise: Double = 0.1, seed: UInt64 = 0
  ) -> LinearFunction {
    LinearFunction(samples: samples, features: features, noise: noise, seed: seed)
  }
}

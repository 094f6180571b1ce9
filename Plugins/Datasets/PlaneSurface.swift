import GliaCore

/// A plane over two inputs with noise: y = (x₁ + x₂) / 10, both inputs drawn uniformly from [-6, 6).
///
/// Source: the regression data "plane" of the TensorFlow playground (Smilkov and Carter, 2016), which adds its noise to
/// the inputs instead of to y.
public struct PlaneSurface: GeneratedData {
  public static let name = "plane"
  public static let summary = "a plane over two inputs, y = (x₁ + x₂) / 10, for regression"
  /// The number of points.
  public var samples = 500
  /// The standard deviation of the noise on y.
  public var noise = 0.1
  /// The seed of the inputs and the noise.
  public var seed: UInt64 = 0

  /// Creates 500 points with some noise.
  public init() {}
  /// Creates the given number of points.
  public init(samples: Int, noise: Double = 0.1, seed: UInt64 = 0) {
    (self.samples, self.noise, self.seed) = (samples, noise, seed)
  }

  public var targetName: String { "y" }

  public func sample(_ index: Int, random: inout Random) -> GeneratedSample {
    let (x, y) = (12 * random.uniform() - 6, 12 * random.uniform() - 6)
    return GeneratedSample([x, y], (x + y) / 10 + deviation(&random))
  }
}

extension DataSource where Self == PlaneSurface {
  /// A plane over two inputs.
  public static func plane(samples: Int = 500, noise: Double = 0.1, seed: UInt64 = 0) -> PlaneSurface {
    PlaneSurface(samples: samples, noise: noise, seed: seed)
  }
}

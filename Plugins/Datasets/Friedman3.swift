import GliaCore
import RealModule

/// Friedman's third regression problem, the phase angle of a circuit: y = arctan((x₂ x₃ - 1 / (x₂ x₄)) / x₁) with noise.
///
/// x₁ is drawn uniformly from 0 to 100, x₂ from 40π to 560π, x₃ from 0 to 1, and x₄ from 1 to 11; y ranges from about -π/2 to
/// π/2. Because the scales of the features differ so much, they should be standardized.
///
/// Source: Friedman, "Multivariate adaptive regression splines" (1991); `make_friedman3` of scikit-learn.
public struct Friedman3: GeneratedData {
  public static let name = "friedman3"
  public static let summary = "Friedman's third regression problem: the phase angle of a circuit"
  /// The number of points.
  public var samples = 1000
  /// The standard deviation of the noise on y.
  public var noise = 0.0
  /// The seed of the features and the noise.
  public var seed: UInt64 = 0
  /// Whether to standardize features to mean 0 and standard deviation 1, computed on the training data.
  public var standardize = false

  /// Creates 1000 points without noise.
  public init() {}
  /// Creates the given number of points.
  public init(samples: Int, noise: Double = 0, seed: UInt64 = 0, standardize: Bool = false) {
    (self.samples, self.noise, self.seed, self.standardize) = (samples, noise, seed, standardize)
  }

  public var inputNames: [String] { numberedInputs(4) }
  public var targetName: String { "y" }

  public func sample(_ index: Int, random: inout Random) -> GeneratedSample {
    let circuit = FriedmanCircuit(random: &random)
    let y = Double.atan2(y: circuit.reactance, x: circuit.resistance)
    return GeneratedSample(circuit.features, y + deviation(&random))
  }
}

extension DataSource where Self == Friedman3 {
  /// Friedman's third regression problem.
  public static func friedman3(
    samples: Int = 1000, noise: Double = 0, seed: UInt64 = 0, standardize: Bool = false
  ) -> Friedman3 {
    Friedman3(samples: samples, noise: noise, seed: seed, standardize: standardize)
  }
}

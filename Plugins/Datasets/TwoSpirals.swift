import GliaCore
import RealModule

/// Two intertwined spirals that wind three times around the origin, a classic benchmark for neural networks.
///
/// Point k of arm 1 is at (r sin φ, r cos φ) with φ = kπ/16 and r = 6.5 (104 - k) / 104; arm 0 is its reflection through the
/// origin. With the original 194 samples, k = 0, 1, ..., 96; any other number of points is spread evenly over that range.
/// Noise is added to both coordinates. Class 0 comes first and has one more point if the number is odd.
///
/// Source: Lang and Witbrock, "Learning to tell two spirals apart" (1988).
public struct TwoSpirals: GeneratedData {
  public static let name = "two_spirals"
  public static let aliases = ["intertwined_spirals"]
  public static let summary = "the two intertwined spirals of Lang and Witbrock"
  /// The total number of points in both arms.
  public var samples = 194
  /// The standard deviation of the noise on both coordinates.
  public var noise = 0.0
  /// The seed of the noise.
  public var seed: UInt64 = 0

  /// Creates the 194 points of the source.
  public init() {}
  /// Creates spirals with the given number of points.
  public init(samples: Int, noise: Double = 0, seed: UInt64 = 0) {
    (self.samples, self.noise, self.seed) = (samples, noise, seed)
  }

  public func sample(_ index: Int, random: inout Random) -> GeneratedSample {
    let (arm, index, count) = share(of: index, among: 2)
    let k = spaced(index, of: count, from: 0, to: 96)
    let (angle, radius) = (k * .pi / 16, Double(2 * arm - 1) * 6.5 * (104 - k) / 104)
    return GeneratedSample(
      [radius * .sin(angle) + deviation(&random), radius * .cos(angle) + deviation(&random)], Double(arm))
  }
}

extension DataSource where Self == TwoSpirals {
  /// Two intertwined spirals.
  public static func twoSpirals(samples: Int = 194, noise: Double = 0, seed: UInt64 = 0) -> TwoSpirals {
    TwoSpirals(samples: samples, noise: noise, seed: seed)
  }
}

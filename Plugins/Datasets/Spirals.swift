import GliaCore
import RealModule

/// Spirals around a common center, one arm per class.
///
/// Point i of the n points of arm j is at (r sin t, r cos t), where r is evenly spaced in [0, 1] and t in [sⱼ, sⱼ + 4]; noise
/// is added to the angle t. For three arms sⱼ = 4 j, as in the source. These angles are tuned for three arms, and more arms
/// would overlap, so any other number K of arms starts at sⱼ = 2π j / K. Samples are ordered by arm; the first arms receive
/// the remainder.
///
/// Source: Karpathy, "CS231n: Putting it together: minimal neural network case study" (Stanford, 2015).
public struct Spirals: GeneratedData {
  public static let name = "spirals"
  public static let aliases = ["spiral"]
  public static let summary = "spiral arms, one per class, as in Stanford's CS231n"
  /// The total number of points in all arms.
  public var samples = 300
  /// The standard deviation of the noise on the angle, in radians.
  public var noise = 0.2
  /// The seed of the noise.
  public var seed: UInt64 = 0
  /// The number of arms, each of which is a class.
  public var arms = 3

  /// Creates 300 points in three arms.
  public init() {}
  /// Creates spirals with the given total number of points.
  public init(samples: Int, noise: Double = 0.2, seed: UInt64 = 0, arms: Int = 3) {
    (self.samples, self.noise, self.seed, self.arms) = (samples, noise, seed, arms)
  }

  public func validate() throws {
    try requireSamplesAndNoise()
    try require(
      arms >= 1 && arms <= samples, "arms", arms, expected: "a whole number from 1 to the number of samples, \(samples)"
    )
  }

  public func sample(_ index: Int, random: inout Random) -> GeneratedSample {
    let (arm, index, count) = share(of: index, among: arms)
    let start = Double(arm) * (arms == 3 ? 4 : 2 * .pi / Double(arms))
    let r = spaced(index, of: count, from: 0, to: 1)
    let t = spaced(index, of: count, from: start, to: start + 4) + deviation(&random)
    return GeneratedSample([r * .sin(t), r * .cos(t)], Double(arm))
  }
}

extension DataSource where Self == Spirals {
  /// Spiral arms, one per class.
  public static func spirals(samples: Int = 300, noise: Double = 0.2, seed: UInt64 = 0, arms: Int = 3) -> Spirals {
    Spirals(samples: samples, noise: noise, seed: seed, arms: arms)
  }
}

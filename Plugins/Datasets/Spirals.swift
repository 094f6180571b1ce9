import GliaCore
import RealModule

/// Spirals around one middle, each arm a class.
///
/// Point i of the n points of arm j stands at (r sin t, r cos t), where r runs evenly from 0 to 1 and t from s_j to
/// s_j + 4, both included; noise is added to the angle t. For three arms s_j = 4 j, as in the source. Those angles are
/// tuned to three; more arms would run into each other, so any other number K of arms starts at s_j = 2π j / K.
/// The arms come one after the other; a remainder of the samples goes to the first ones.
///
/// Source: Karpathy, "CS231n: Putting it together: minimal neural network case study" (Stanford, 2015).
public struct Spirals: GeneratedData {
  public static let name = "spirals"
  public static let aliases = ["spiral"]
  public static let summary = "arms of a spiral, each a class, as in Stanford's CS231n"
  /// How many points, all arms together.
  public var samples = 300
  /// The standard deviation of the noise on the angle, in radians.
  public var noise = 0.2
  /// The seed of the noise.
  public var seed: UInt64 = 0
  /// How many arms, and so classes.
  public var arms = 3

  /// 300 points in three arms.
  public init() {}
  /// Spirals of that many points, all arms together.
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
  /// Arms of a spiral, each a class.
  public static func spirals(samples: Int = 300, noise: Double = 0.2, seed: UInt64 = 0, arms: Int = 3) -> Spirals {
    Spirals(samples: samples, noise: noise, seed: seed, arms: arms)
  }
}

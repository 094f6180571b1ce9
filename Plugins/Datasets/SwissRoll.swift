import GliaCore
import RealModule

/// A plane rolled up in three dimensions; the target is the angle t, the position along the roll.
///
/// x = (t cos t, 21 v, t sin t) with t = 3/2 π (1 + 2u), u and v drawn uniformly from [0, 1). Noise is added to all three
/// coordinates.
///
/// Source: `make_swiss_roll` of scikit-learn; Marsland, "Machine learning: an algorithmic perspective" (2014).
public struct SwissRoll: GeneratedData {
  public static let name = "swiss_roll"
  public static let summary = "the position along a rolled-up plane, as in scikit-learn's make_swiss_roll"
  /// The number of points.
  public var samples = 1000
  /// The standard deviation of the noise on the three coordinates.
  public var noise = 0.0
  /// The seed of the points and the noise.
  public var seed: UInt64 = 0

  /// Creates 1000 points without noise.
  public init() {}
  /// Creates a roll with the given number of points.
  public init(samples: Int, noise: Double = 0, seed: UInt64 = 0) {
    (self.samples, self.noise, self.seed) = (samples, noise, seed)
  }

  public var inputNames: [String] { numberedInputs(3) }
  public var targetName: String { "t" }

  public func sample(_ index: Int, random: inout Random) -> GeneratedSample {
    let t = 1.5 * .pi * (1 + 2 * random.uniform())
    let point = [t * .cos(t), 21 * random.uniform(), t * .sin(t)]
    return GeneratedSample(point.map { $0 + deviation(&random) }, t)
  }
}

extension DataSource where Self == SwissRoll {
  /// A plane rolled up in three dimensions.
  public static func swissRoll(samples: Int = 1000, noise: Double = 0, seed: UInt64 = 0) -> SwissRoll {
    SwissRoll(samples: samples, noise: noise, seed: seed)
  }
}

import GliaCore
import RealModule

/// Two interleaving half circles, one per class.
///
/// The outer moon, class 0, has ⌊n/2⌋ points (cos t, sin t); the inner moon, class 1, has the remaining points
/// (1 - cos t, ½ - sin t). The angles t are evenly spaced in [0, π]. Noise is added to both coordinates. Class 0 comes first.
///
/// Source: `make_moons` of scikit-learn.
public struct Moons: GeneratedData {
  public static let name = "moons"
  public static let aliases = ["two_moons"]
  public static let summary = "two interleaving half circles, as in scikit-learn's make_moons"
  /// The total number of points in both classes.
  public var samples = 1000
  /// The standard deviation of the noise on both coordinates.
  public var noise = 0.05
  /// The seed of the noise.
  public var seed: UInt64 = 0

  /// Creates 1000 points with a little noise.
  public init() {}
  /// Creates moons with the given number of points.
  public init(samples: Int, noise: Double = 0.05, seed: UInt64 = 0) {
    (self.samples, self.noise, self.seed) = (samples, noise, seed)
  }

  public func sample(_ index: Int, random: inout Random) -> GeneratedSample {
    let outer = samples / 2
    let isOuter = index < outer
    let t = spaced(isOuter ? index : index - outer, of: isOuter ? outer : samples - outer, from: 0, to: .pi)
    let (x, y) = isOuter ? (Double.cos(t), Double.sin(t)) : (1 - Double.cos(t), 0.5 - Double.sin(t))
    return GeneratedSample([x + deviation(&random), y + deviation(&random)], isOuter ? 0 : 1)
  }
}

extension DataSource where Self == Moons {
  /// Two interleaving half circles.
  public static func moons(samples: Int = 1000, noise: Double = 0.05, seed: UInt64 = 0) -> Moons {
    Moons(samples: samples, noise: noise, seed: seed)
  }
}

import GliaCore
import RealModule

/// A large circle around a smaller one, one per class.
///
/// The outer circle, class 0, has ⌊n/2⌋ points (cos t, sin t); the inner one, class 1, has the remaining points, scaled by
/// `factor`. The angles t are evenly spaced in [0, 2π). Noise is added to both coordinates. Class 0 comes first.
///
/// Source: `make_circles` of scikit-learn, whose default factor is 0.8.
public struct Circles: GeneratedData {
  public static let name = "circles"
  public static let summary = "a circle around a smaller one, as in scikit-learn's make_circles"
  /// The total number of points in both classes.
  public var samples = 1000
  /// The standard deviation of the noise on both coordinates.
  public var noise = 0.05
  /// The seed of the noise.
  public var seed: UInt64 = 0
  /// The radius of the inner circle; the outer one has radius 1.
  public var factor = 0.5

  /// Creates 1000 points with a little noise.
  public init() {}
  /// Creates circles with the given number of points.
  public init(samples: Int, noise: Double = 0.05, seed: UInt64 = 0, factor: Double = 0.5) {
    (self.samples, self.noise, self.seed, self.factor) = (samples, noise, seed, factor)
  }

  public func validate() throws {
    try requireSamplesAndNoise()
    try require(factor >= 0 && factor < 1, "factor", factor, expected: "a number of at least 0 and below 1")
  }

  public func sample(_ index: Int, random: inout Random) -> GeneratedSample {
    let outer = samples / 2
    let isOuter = index < outer
    let place = isOuter ? Double(index) / Double(outer) : Double(index - outer) / Double(samples - outer)
    let radius = isOuter ? 1 : factor
    let (x, y) = (radius * .cos(2 * .pi * place), radius * .sin(2 * .pi * place))
    return GeneratedSample([x + deviation(&random), y + deviation(&random)], isOuter ? 0 : 1)
  }
}

extension DataSource where Self == Circles {
  /// A large circle around a smaller one.
  public static func circles(
    samples: Int = 1000, noise: Double = 0.05, seed: UInt64 = 0, factor: Double = 0.5
  ) -> Circles {
    Circles(samples: samples, noise: noise, seed: seed, factor: factor)
  }
}

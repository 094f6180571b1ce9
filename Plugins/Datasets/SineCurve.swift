import GliaCore
import RealModule

/// One period of a sine with noise: y = sin 2πx, with x evenly spaced in [0, 1].
///
/// Source: Bishop, "Pattern recognition and machine learning" (2006), section 1.1.
public struct SineCurve: GeneratedData {
  public static let name = "sine"
  public static let summary = "one period of a sine, y = sin 2πx, for regression"
  /// The number of points.
  public var samples = 200
  /// The standard deviation of the noise on y.
  public var noise = 0.1
  /// The seed of the noise.
  public var seed: UInt64 = 0

  /// Creates 200 points with some noise.
  public init() {}
  /// Creates the given number of points.
  public init(samples: Int, noise: Double = 0.1, seed: UInt64 = 0) {
    (self.samples, self.noise, self.seed) = (samples, noise, seed)
  }

  public var inputNames: [String] { ["x"] }
  public var targetName: String { "y" }

  public func sample(_ index: Int, random: inout Random) -> GeneratedSample {
    let x = spaced(index, of: samples, from: 0, to: 1)
    return GeneratedSample([x], Double.sin(2 * .pi * x) + deviation(&random))
  }
}

extension DataSource where Self == SineCurve {
  /// One period of a sine.
  public static func sine(samples: Int = 200, noise: Double = 0.1, seed: UInt64 = 0) -> SineCurve {
    SineCurve(samples: samples, noise: noise, seed: seed)
  }
}

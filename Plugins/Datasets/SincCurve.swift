import GliaCore
import RealModule

/// The sinc function with noise: y = sin x / x, 1 at x = 0, with x evenly spaced in [-10, 10].
///
/// Source: Vapnik, Golowich and Smola, "Support vector method for function approximation" (1997).
public struct SincCurve: GeneratedData {
  public static let name = "sinc"
  public static let summary = "the sinc function, y = sin x / x over [-10, 10], for regression"
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
    let x = spaced(index, of: samples, from: -10, to: 10)
    return GeneratedSample([x], (x == 0 ? 1 : Double.sin(x) / x) + deviation(&random))
  }
}

extension DataSource where Self == SincCurve {
  /// The sinc function.
  public static func sinc(samples: Int = 200, noise: Double = 0.1, seed: UInt64 = 0) -> SincCurve {
    SincCurve(samples: samples, noise: noise, seed: seed)
  }
}

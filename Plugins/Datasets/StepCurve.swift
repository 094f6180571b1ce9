import GliaCore

/// A step with noise: y = 0 for x < 0 and 1 otherwise, with x evenly spaced in [-1, 1].
///
/// Smooth units can only approximate the discontinuity.
public struct StepCurve: GeneratedData {
  public static let name = "step_function"
  public static let summary = "a step from 0 to 1 at x = 0, for regression"
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
    let x = spaced(index, of: samples, from: -1, to: 1)
    return GeneratedSample([x], (x < 0 ? 0 : 1) + deviation(&random))
  }
}

extension DataSource where Self == StepCurve {
  /// A step from 0 to 1.
  public static func stepFunction(samples: Int = 200, noise: Double = 0.1, seed: UInt64 = 0) -> StepCurve {
    StepCurve(samples: samples, noise: noise, seed: seed)
  }
}

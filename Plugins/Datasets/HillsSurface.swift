import GliaCore

/// Three hills and three hollows over two inputs with noise: y = Σₖ sₖ max(0, 1 - |x - cₖ| / 2).
///
/// The six cones have radius 2 and do not overlap: hills (s = 1) at (-4, 2.5), (4, 2.5), and (0, -2.5), hollows (s = -1) at
/// (0, 2.5), (-4, -2.5), and (4, -2.5). Both inputs are drawn uniformly from [-6, 6).
///
/// Source: the regression data "multi gaussian" of the TensorFlow playground (Smilkov and Carter, 2016), which adds its
/// noise to the inputs instead of to y.
public struct HillsSurface: GeneratedData {
  public static let name = "hills"
  public static let summary = "three hills and three hollows over two inputs, for regression"
  /// The number of points.
  public var samples = 500
  /// The standard deviation of the noise on y.
  public var noise = 0.1
  /// The seed of the inputs and the noise.
  public var seed: UInt64 = 0

  /// Creates 500 points with some noise.
  public init() {}
  /// Creates the given number of points.
  public init(samples: Int, noise: Double = 0.1, seed: UInt64 = 0) {
    (self.samples, self.noise, self.seed) = (samples, noise, seed)
  }

  public var targetName: String { "y" }

  public func sample(_ index: Int, random: inout Random) -> GeneratedSample {
    let (x, y) = (12 * random.uniform() - 6, 12 * random.uniform() - 6)
    let height = Self.cones.reduce(0.0) { sum, cone in
      let (dx, dy) = (x - cone.x, y - cone.y)
      return sum + cone.height * max(0, 1 - (dx * dx + dy * dy).squareRoot() / 2)
    }
    return GeneratedSample([x, y], height + deviation(&random))
  }

  private static let cones: [(x: Double, y: Double, height: Double)] = [
    (-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1),
  ]
}

extension DataSource where Self == HillsSurface {
  /// Three hills and three hollows over two inputs.
  public static func hills(samples: Int = 500, noise: Double = 0.1, seed: UInt64 = 0) -> HillsSurface {
    HillsSurface(samples: samples, noise: noise, seed: seed)
  }
}

import GliaCore

/// Points of a single normal distribution, divided into classes of equal size by nested spheres.
///
/// The points are drawn from N(0, I) and sorted by their distance from the origin: the ⌊n/K⌋ nearest form class 0, the next
/// ones class 1, and so on; the last class receives the remainder. The squared distance has a χ² distribution, so the radii
/// of the spheres are close to the square roots of its k/K quantiles.
///
/// Source: `make_gaussian_quantiles` of scikit-learn; Zhu, Zou, Rosset and Hastie, "Multi-class AdaBoost" (2009).
public struct GaussianQuantiles: GeneratedData {
  public static let name = "gaussian_quantiles"
  public static let summary = "nested spheres in a normal distribution, as in scikit-learn's make_gaussian_quantiles"
  /// The total number of points in all classes.
  public var samples = 1000
  /// The number of features.
  public var features = 2
  /// The number of classes.
  public var classes = 3
  /// The seed of the points.
  public var seed: UInt64 = 0

  /// Creates 1000 points in three classes.
  public init() {}
  /// Creates the given number of points.
  public init(samples: Int, features: Int = 2, classes: Int = 3, seed: UInt64 = 0) {
    (self.samples, self.features, self.classes, self.seed) = (samples, features, classes, seed)
  }

  public var noise: Double { 0 }
  public var inputNames: [String] { numberedInputs(features) }

  public func validate() throws {
    try requireSamplesAndNoise()
    try requireFeatures(features)
    try require(
      classes >= 1 && classes <= samples, "classes", classes,
      expected: "a whole number from 1 to the number of samples, \(samples)")
  }

  /// A point and its squared distance from the origin; the class is assigned later, since it depends on all points.
  public func sample(_ index: Int, random: inout Random) -> GeneratedSample {
    let point = (0..<features).map { _ in random.normal() }
    return GeneratedSample(point, point.reduce(0) { $0 + $1 * $1 })
  }

  public func loadUnstandardized() throws -> Dataset {
    let drawn = try generated()
    let distances = try drawn.targets[0].numbers()
    let inputs = try drawn.inputs.gathering(distances.indices.sorted { distances[$0] < distances[$1] })
    let size = samples / classes
    let labels = Column(targetName, (0..<samples).map { Float(min($0 / size, classes - 1)) }).asClasses
    return try drawn.replacing(inputs: inputs, targets: [labels])
  }
}

extension DataSource where Self == GaussianQuantiles {
  /// Nested spheres in a normal distribution.
  public static func gaussianQuantiles(
    samples: Int = 1000, features: Int = 2, classes: Int = 3, seed: UInt64 = 0
  ) -> GaussianQuantiles {
    GaussianQuantiles(samples: samples, features: features, classes: classes, seed: seed)
  }
}

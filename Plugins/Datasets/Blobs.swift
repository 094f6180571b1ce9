import GliaCore
import RealModule

/// Isotropic Gaussian clusters, one per class: x = cₖ + noise · ε with ε ~ N(0, I).
///
/// Neighboring centers are 2 apart: the K centers cₖ are evenly spaced on a circle of radius 1 / sin(π/K) around the origin
/// in the plane of the first two features, the first one on the positive x₁ axis; all further features have center 0. With
/// a single feature, the centers are evenly spaced on a line around 0. With the default noise of 0.2, the boundary between
/// two clusters is five standard deviations from either center. Samples are ordered by cluster; the first clusters receive
/// the remainder.
///
/// In contrast, scikit-learn's `make_blobs` draws its centers at random, so clusters overlap for some seeds.
public struct Blobs: GeneratedData {
  public static let name = "blobs"
  public static let summary = "isotropic Gaussian clusters, one per class, evenly spaced on a circle"
  /// The total number of points in all clusters.
  public var samples = 300
  /// The standard deviation of each cluster.
  public var noise = 0.2
  /// The seed of the points.
  public var seed: UInt64 = 0
  /// The number of clusters.
  public var classes = 3
  /// The number of features.
  public var features = 2

  /// Creates 300 points in three clusters.
  public init() {}
  /// Creates clusters with the given total number of points.
  public init(samples: Int, noise: Double = 0.2, seed: UInt64 = 0, classes: Int = 3, features: Int = 2) {
    (self.samples, self.noise, self.seed) = (samples, noise, seed)
    (self.classes, self.features) = (classes, features)
  }

  public var inputNames: [String] { numberedInputs(features) }

  public func validate() throws {
    try requireSamplesAndNoise()
    try require(
      classes >= 1 && classes <= samples, "classes", classes,
      expected: "a whole number from 1 to the number of samples, \(samples)")
    try requireFeatures(features)
  }

  public func sample(_ index: Int, random: inout Random) -> GeneratedSample {
    let (group, _, _) = share(of: index, among: classes)
    var centre = [Double](repeating: 0, count: max(features, 0))
    if features == 1 {
      centre[0] = Double(2 * group - classes + 1)
    } else if features > 1, classes > 1 {
      let radius = 1 / Double.sin(.pi / Double(classes))
      let angle = 2 * .pi * Double(group) / Double(classes)
      (centre[0], centre[1]) = (radius * .cos(angle), radius * .sin(angle))
    }
    return GeneratedSample(centre.map { $0 + deviation(&random) }, Double(group))
  }
}

extension DataSource where Self == Blobs {
  /// Gaussian clusters, one per class.
  public static func blobs(
    samples: Int = 300, noise: Double = 0.2, seed: UInt64 = 0, classes: Int = 3, features: Int = 2
  ) -> Blobs {
    Blobs(samples: samples, noise: noise, seed: seed, classes: classes, features: features)
  }
}

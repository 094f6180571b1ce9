import GliaCore
import RealModule

/// Isotropic Gaussian clusters, one a class.
///
/// The centres of neighbours are 2 apart: K centres stand evenly on a circle of radius 1 / sin(π/K) around the origin in
/// the plane of the first two features, the first one on the positive x₁ axis; every further feature has its centre at
/// 0. With a single feature they stand in a row around 0. Noise is added to every feature, so with the default 0.2 the
/// border between two clusters is five deviations from either centre. The clusters come one after the other; a
/// remainder of the samples goes to the first ones.
///
/// `make_blobs` of scikit-learn draws its centres instead, so that some seeds give clusters that overlap.
public struct Blobs: GeneratedData {
  public static let name = "blobs"
  public static let summary = "isotropic Gaussian clusters, one a class, evenly on a circle"
  /// How many points, all clusters together.
  public var samples = 300
  /// The standard deviation of every cluster.
  public var noise = 0.2
  /// The seed of the points.
  public var seed: UInt64 = 0
  /// How many clusters.
  public var classes = 3
  /// The number of features.
  public var features = 2

  /// 300 points in three clusters.
  public init() {}
  /// Clusters of that many points together.
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
  /// Gaussian clusters, one a class.
  public static func blobs(
    samples: Int = 300, noise: Double = 0.2, seed: UInt64 = 0, classes: Int = 3, features: Int = 2
  ) -> Blobs {
    Blobs(samples: samples, noise: noise, seed: seed, classes: classes, features: features)
  }
}

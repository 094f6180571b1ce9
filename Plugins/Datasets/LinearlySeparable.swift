import GliaCore

/// Two classes on either side of a hyperplane through the origin, each point at least `margin` away from it.
///
/// A unit normal w and points x in the cube [-1, 1]ᵈ are drawn uniformly; a point of class c is reflected to its side,
/// x ← s x with s = ±1, and moved away from the plane, x ← x + (2c - 1) margin w. Hence (2c - 1) w · x ≥ margin, and the
/// perceptron makes at most (max |x| / margin)² mistakes. Class 0 has ⌈n/2⌉ points and comes first.
///
/// Source: Novikoff, "On convergence proofs on perceptrons" (1962).
public struct LinearlySeparable: GeneratedData {
  public static let name = "linearly_separable"
  public static let summary = "two classes on either side of a hyperplane, at least a margin away from it"
  /// The total number of points in both classes.
  public var samples = 200
  /// The minimum distance of a point from the plane.
  public var margin = 0.1
  /// The number of features.
  public var features = 2
  /// The seed of the plane and the points.
  public var seed: UInt64 = 0

  /// Creates 200 points with a small margin.
  public init() {}
  /// Creates the given number of points.
  public init(samples: Int, margin: Double = 0.1, features: Int = 2, seed: UInt64 = 0) {
    (self.samples, self.margin, self.features, self.seed) = (samples, margin, features, seed)
  }

  /// The unit normal w of the plane, which points toward class 1.
  public var normal: [Double] {
    var random = Random(seed: seed, 0x9147E)
    let direction = (0..<max(features, 0)).map { _ in random.normal() }
    let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return direction.map { $0 / length }
  }

  public var noise: Double { 0 }
  public var inputNames: [String] { numberedInputs(features) }

  public func validate() throws {
    try requireSamplesAndNoise()
    try requireFeatures(features)
    try require(margin >= 0 && margin <= 1e30, "margin", margin, expected: "a number from 0 to 1e30")
  }

  public func sample(_ index: Int, random: inout Random) -> GeneratedSample {
    let (normal, group) = (normal, share(of: index, among: 2).group)
    let point = (0..<features).map { _ in 2 * random.uniform() - 1 }
    let side = Double(2 * group - 1)
    let flip = zip(normal, point).reduce(0) { $0 + $1.0 * $1.1 } * side < 0 ? -1.0 : 1
    return GeneratedSample(zip(normal, point).map { side * margin * $0 + flip * $1 }, Double(group))
  }
}

extension DataSource where Self == LinearlySeparable {
  /// Two classes on either side of a hyperplane.
  public static func linearlySeparable(
    samples: Int = 200, margin: Double = 0.1, features: Int = 2, seed: UInt64 = 0
  ) -> LinearlySeparable {
    LinearlySeparable(samples: samples, margin: margin, features: features, seed: seed)
  }
}

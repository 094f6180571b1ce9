import GliaCore

/// Scales each feature to mean 0 and standard deviation 1: x' = (x - mean) / deviation, over the training part.
///
/// A constant feature becomes 0.
public struct StandardScaling: FeaturewisePreprocessor {
  public static let name = "standardize"
  public static let summary = "(x - mean) / standard deviation of each feature"
  public var columns: [String] = []

  /// Creates the scaling of all features with more than two values.
  public init() {}
  /// Creates the scaling of the given features.
  public init(columns: [String]) { self.columns = columns }

  public func fit(_ feature: Feature) -> AffineMap { AffineMap(offset: feature.mean, scale: feature.deviation) }

  public func apply(_ learned: AffineMap, to feature: Feature) -> [Feature] { [feature.map(learned.callAsFunction)] }
}

/// The map (x - offset) / scale of a feature.
public struct AffineMap: Codable, Hashable, Sendable {
  /// What is subtracted.
  public var offset: Double
  /// What the difference is divided by.
  public var scale: Double

  /// Creates a map; a scale that is 0, or too small to divide by, counts as 1.
  public init(offset: Double, scale: Double) {
    self.offset = offset
    self.scale = scale > 1e-13 * offset.magnitude && scale >= .leastNormalMagnitude ? scale : 1
  }

  /// Returns (x - offset) / scale.
  public func callAsFunction(_ x: Double) -> Double { (x - offset) / scale }
}

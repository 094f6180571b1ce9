import GliaCore

/// Scales each feature by its median and interquartile range: x' = (x - median) / (q₇₅ - q₂₅), which outliers do not change.
///
/// If more than half of the values are equal, the range is 0 and the feature is only centered.
public struct RobustScaling: FeaturewisePreprocessor {
  public static let name = "robust"
  public static let summary = "(x - median) / interquartile range of each feature"
  public var columns: [String] = []

  /// Creates the scaling of all features with more than two values.
  public init() {}
  /// Creates the scaling of the given features.
  public init(columns: [String]) { self.columns = columns }

  public func fit(_ feature: Feature) -> AffineMap {
    let quartiles = feature.quantiles([0.25, 0.5, 0.75])
    guard quartiles.count == 3 else { return AffineMap(offset: 0, scale: 1) }
    return AffineMap(offset: quartiles[1], scale: quartiles[2] - quartiles[0])
  }

  public func apply(_ learned: AffineMap, to feature: Feature) -> [Feature] { [feature.map(learned.callAsFunction)] }
}

import GliaCore

/// Scales each feature to a range: from the smallest value of the training part to the largest, x' = low + (high - low)(x - min) / (max - min).
///
/// Values outside the training range go beyond it. A constant feature becomes `low`.
public struct MinMaxScaling: FeaturewisePreprocessor {
  public static let name = "min_max"
  public static let summary = "each feature scaled from its training range to [low, high]"
  public var columns: [String] = []
  /// What the smallest value becomes.
  public var low = 0.0
  /// What the largest value becomes.
  public var high = 1.0

  /// Creates the scaling of all features with more than two values to [0, 1].
  public init() {}
  /// Creates the scaling of the given features.
  public init(columns: [String], low: Double = 0, high: Double = 1) {
    (self.columns, self.low, self.high) = (columns, low, high)
  }

  public func validate() throws {
    try require(low < high, "low", low, expected: "a number below high (\(high))")
  }

  public func fit(_ feature: Feature) -> AffineMap {
    let known = feature.known
    let (least, most) = (known.min() ?? 0, known.max() ?? 0)
    return AffineMap(offset: least, scale: most - least)
  }

  public func apply(_ learned: AffineMap, to feature: Feature) -> [Feature] {
    [feature.map { low + (high - low) * learned($0) }]
  }
}

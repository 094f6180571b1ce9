import GliaCore

/// Replaces missing values of each feature by a typical one of the training part.
///
/// The data must allow missing values, as `"missing": "mean"` does, which replaces by the mean what is still missing after all
/// preprocessors.
public struct Imputation: FeaturewisePreprocessor {
  /// What replaces missing values.
  public enum Strategy: String, Choice {
    /// The median.
    case median
    /// The mean.
    case mean
    /// The most frequent value; the smallest of several.
    case mostFrequent = "most_frequent"
  }

  public static let name = "impute"
  public static let summary = "replaces missing values by the median, the mean, or another value"
  public var columns: [String] = []
  /// What replaces missing values, unless `value` is given.
  public var strategy = Strategy.median
  /// A number that replaces missing values.
  public var value: Double?

  /// Creates the imputation of all features by their median.
  public init() {}
  /// Creates the imputation of the given features.
  public init(columns: [String], strategy: Strategy = .median, value: Double? = nil) {
    (self.columns, self.strategy, self.value) = (columns, strategy, value)
  }

  public func isSuited(_ feature: Feature) -> Bool { true }

  public func fit(_ feature: Feature) -> Double {
    if let value { return value }
    switch strategy {
    case .median: return feature.quantiles([0.5]).first ?? 0
    case .mean: return feature.mean
    case .mostFrequent:
      return Dictionary(grouping: feature.known, by: \.self).max {
        ($0.value.count, $1.key) < ($1.value.count, $0.key)
      }?.key
        ?? 0
    }
  }

  public func apply(_ learned: Double, to feature: Feature) -> [Feature] { [feature.map { $0.isNaN ? learned : $0 }] }
}

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
    /// The number `value`.
    case constant
  }

  public static let name = "impute"
  public static let summary = "replaces missing values by the median, the mean, or another value"
  public var columns: [String] = []
  /// What replaces missing values.
  public var strategy = Strategy.median
  /// The number that replaces missing values with the strategy `constant`.
  public var value = 0.0

  /// Creates the imputation of all features by their median.
  public init() {}
  /// Creates the imputation of the given features.
  public init(columns: [String], strategy: Strategy = .median, value: Double = 0) {
    (self.columns, self.strategy, self.value) = (columns, strategy, value)
  }

  public func isSuited(_ feature: Feature) -> Bool { true }

  public func fit(_ feature: Feature) -> Double {
    switch strategy {
    case .median: feature.quantiles([0.5]).first ?? 0
    case .mean: feature.mean
    case .mostFrequent:
      Dictionary(grouping: feature.known, by: \.self).max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key
        ?? 0
    case .constant: value
    }
  }

  public func apply(_ learned: Double, to feature: Feature) -> [Feature] { [feature.map { $0.isNaN ? learned : $0 }] }
}

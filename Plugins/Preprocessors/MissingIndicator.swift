import GliaCore

/// Adds to each feature another one that is 1 where its value is missing and 0 elsewhere: often the fact itself tells something.
///
/// Without `columns`, every feature with missing values in the training part gets one. The data must allow missing values, as
/// `"missing": "mean"` does.
public struct MissingIndicator: FeaturewisePreprocessor {
  public static let name = "missing_indicator"
  public static let summary = "adds 1 where a feature is missing, 0 elsewhere"
  public var columns: [String] = []

  /// Creates indicators of all features with missing values.
  public init() {}
  /// Creates indicators of the given features.
  public init(columns: [String]) { self.columns = columns }

  public func isSuited(_ feature: Feature) -> Bool { feature.values.contains(where: \.isNaN) }

  public func fit(_ feature: Feature) -> [Double] { [] }

  public func apply(_ learned: [Double], to feature: Feature) -> [Feature] {
    [feature, Feature("\(feature.name) missing", feature.values.map { $0.isNaN ? 1 : 0 })]
  }
}

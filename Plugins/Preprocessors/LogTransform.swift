import GliaCore
import RealModule

/// Replaces each value by its logarithm: x' = ln(x + shift), for incomes, counts and other features with a long tail.
///
/// With a shift of 1, which is the default, 0 stays 0. A value of -shift or less is an error in the training part, and missing
/// in predictions.
public struct LogTransform: FeaturewisePreprocessor {
  public static let name = "log"
  public static let summary = "ln(x + shift) of each feature"
  public static var examples: [JSON] { [["columns": ["income"], "shift": 0.5]] }
  public var columns: [String] = []
  /// What is added before the logarithm.
  public var shift = 1.0

  /// Creates ln(x + 1) of all features that have more than two values, none of them negative.
  public init() {}
  /// Creates the logarithm of the given features.
  public init(columns: [String], shift: Double = 1) { (self.columns, self.shift) = (columns, shift) }

  public func validate() throws { try require(shift >= 0, "shift", shift, expected: "a number of 0 or more") }

  public func isSuited(_ feature: Feature) -> Bool {
    feature.distinct(most: 3).count > 2 && feature.known.allSatisfy { $0 + shift > 0 && $0 >= 0 }
  }

  public func fit(_ feature: Feature) -> [Double] { [] }

  public func apply(_ learned: [Double], to feature: Feature) -> [Feature] {
    [feature.map { x in x + shift > 0 ? shift == 1 ? .log(onePlus: x) : .log(x + shift) : .nan }]
  }
}

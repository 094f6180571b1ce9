import GliaCore

/// The coefficient of determination: 1 - Σ (target - prediction)² / Σ (target - mean)², averaged over the outputs.
///
/// The best value is 1; always predicting the mean yields 0, and worse predictions yield negative values. For constant
/// targets, it is 1 for perfect predictions, otherwise 0; for a single sample, it is NaN.
public struct R2Score: Metric {
  public static let name = "r2_score"
  public static let aliases = ["r2"]
  public static let summary = "the coefficient of determination; 1 is perfect, 0 is as good as predicting the mean"
  public var higherIsBetter: Bool { true }
  /// Creates an R² metric.
  public init() {}

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireNumbers(encoding) }

  public var isShiftInvariant: Bool { true }
  public func value(of predictions: Predictions) -> Double {
    guard predictions.rows > 1 else { return .nan }
    return explainedFraction(predictions) { wanted, found in
      let unexplained = wanted.indices.reduce(0) { sum, i in
        let distance = wanted[i] - found[i]
        return sum + predictions.weight(i) * distance * distance
      }
      return (unexplained, wanted.squaredDeviation(weights: predictions.weights))
    }
  }
}

extension Metric where Self == R2Score {
  /// The coefficient of determination.
  public static var r2Score: R2Score { R2Score() }
}

import GliaCore

/// The mean absolute error as a percentage of the target: 100/n Σ |prediction - target| / max(|target|, 1e-7), averaged over the
/// outputs.
///
/// Targets of 0 are treated as 1e-7 and therefore dominate all others. It is 100 times the value in scikit-learn.
public struct MeanAbsolutePercentageErrorMetric: Metric {
  public static let name = "mean_absolute_percentage_error"
  public static let aliases = ["mape"]
  public static let summary = "the mean absolute difference as a percentage of the target"
  public var higherIsBetter: Bool { false }
  /// Creates a mean absolute percentage error metric.
  public init() {}

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireNumbers(encoding) }

  public func value(of predictions: Predictions) -> Double {
    predictions.meanOverOutputs { prediction, target in
      100 * (prediction - target).magnitude / max(target.magnitude, 1e-7)
    }
  }
}

extension Metric where Self == MeanAbsolutePercentageErrorMetric {
  /// The mean absolute percentage error.
  public static var meanAbsolutePercentageError: MeanAbsolutePercentageErrorMetric {
    MeanAbsolutePercentageErrorMetric()
  }
}

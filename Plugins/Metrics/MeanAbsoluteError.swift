import GliaCore

/// The mean absolute error: 1/n Σ |prediction - target|, in the units of the targets.
public struct MeanAbsoluteErrorMetric: Metric {
  public static let name = "mean_absolute_error"
  public static let aliases = ["mae"]
  public static let summary = "the mean absolute difference between predictions and targets"
  public var higherIsBetter: Bool { false }
  /// Creates a mean absolute error metric.
  public init() {}

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireNumbers(encoding) }

  public var isShiftInvariant: Bool { true }
  public func value(of predictions: Predictions) -> Double {
    predictions.meanOverOutputs { prediction, target in (prediction - target).magnitude }
  }
}

extension Metric where Self == MeanAbsoluteErrorMetric {
  /// The mean absolute error.
  public static var meanAbsoluteError: MeanAbsoluteErrorMetric { MeanAbsoluteErrorMetric() }
}

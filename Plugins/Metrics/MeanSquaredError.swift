import GliaCore

/// The mean squared error: 1/n Σ (prediction - target)².
public struct MeanSquaredErrorMetric: Metric {
  public static let name = "mean_squared_error"
  public static let aliases = ["mse"]
  public static let summary = "the mean squared difference between predictions and targets"
  public var higherIsBetter: Bool { false }
  /// Creates a mean squared error metric.
  public init() {}

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireNumbers(encoding) }

  public var isShiftInvariant: Bool { true }
  public func value(of predictions: Predictions) -> Double {
    predictions.meanOverOutputs { prediction, target in (prediction - target) * (prediction - target) }
  }
}

extension Metric where Self == MeanSquaredErrorMetric {
  /// The mean squared error.
  public static var meanSquaredError: MeanSquaredErrorMetric { MeanSquaredErrorMetric() }
}

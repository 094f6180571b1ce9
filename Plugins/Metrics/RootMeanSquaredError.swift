import GliaCore

/// The root mean squared error over all outputs: √(1/n Σ (prediction - target)²), in the units of the targets.
public struct RootMeanSquaredError: Metric {
  public static let name = "root_mean_squared_error"
  public static let aliases = ["rmse"]
  public static let summary = "the square root of the mean squared error"
  public var higherIsBetter: Bool { false }
  /// Creates a root mean squared error metric.
  public init() {}

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireNumbers(encoding) }

  public var isShiftInvariant: Bool { true }
  public func value(of predictions: Predictions) -> Double {
    MeanSquaredErrorMetric().value(of: predictions).squareRoot()
  }
}

extension Metric where Self == RootMeanSquaredError {
  /// The root mean squared error.
  public static var rootMeanSquaredError: RootMeanSquaredError { RootMeanSquaredError() }
}

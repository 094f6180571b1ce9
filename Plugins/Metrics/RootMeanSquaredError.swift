import GliaCore

/// The root mean squared error over all outputs: √(1/n Σ (prediction - target)²), in the units of the targets.
public struct RootMeanSquaredError: Metric {
  public static let name = "root_mean_squared_error"
  public static let aliases = ["rmse"]
  public static let summary = "root of the mean squared distance from the targets"
  public var higherIsBetter: Bool { false }
  /// The root of the mean squared distance.
  public init() {}

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireNumbers(encoding) }

  public var isShiftInvariant: Bool { true }
  public func value(of predictions: Predictions) -> Double {
    MeanSquaredErrorMetric().value(of: predictions).squareRoot()
  }
}

extension Metric where Self == RootMeanSquaredError {
  /// The root of the mean squared distance.
  public static var rootMeanSquaredError: RootMeanSquaredError { RootMeanSquaredError() }
}

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
    let width = predictions.width
    return predictions.mean { row in
      (row * width..<(row + 1) * width).reduce(0) {
        $0 + (Double(predictions.outputs[$1]) - Double(predictions.targets[$1])).magnitude
      } / Double(width)
    }
  }
}

extension Metric where Self == MeanAbsoluteErrorMetric {
  /// The mean absolute error.
  public static var meanAbsoluteError: MeanAbsoluteErrorMetric { MeanAbsoluteErrorMetric() }
}

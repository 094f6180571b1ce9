import GliaCore

/// The mean absolute error: 1/n Σ |prediction - target|, in the units of the targets.
public struct MeanAbsoluteErrorMetric: Metric {
  public static let name = "mean_absolute_error"
  public static let aliases = ["mae"]
  public static let summary = "mean distance from the targets"
  public var higherIsBetter: Bool { false }
  /// The mean distance.
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
  /// The mean distance.
  public static var meanAbsoluteError: MeanAbsoluteErrorMetric { MeanAbsoluteErrorMetric() }
}

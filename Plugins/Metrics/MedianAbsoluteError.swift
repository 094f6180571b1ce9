import GliaCore

/// The median absolute error: median |prediction - target|, averaged over the outputs, in the units of the targets.
///
/// Unlike the mean absolute error, it ignores the size of outliers. For an even number of samples, it is the mean of the two
/// middle errors; with sample weights, half of the weight lies on either side.
///
/// See also ``MeanAbsoluteErrorMetric``.
public struct MedianAbsoluteError: Metric {
  public static let name = "median_absolute_error"
  public static let summary = "the median absolute difference between predictions and targets"
  public var higherIsBetter: Bool { false }
  /// Creates a median absolute error metric.
  public init() {}

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireNumbers(encoding) }

  public var isShiftInvariant: Bool { true }
  public func value(of predictions: Predictions) -> Double {
    let width = predictions.width
    return (0..<width).reduce(0) { sum, column in
      let errors = stride(from: column, to: predictions.outputs.count, by: width).map {
        (Double(predictions.outputs[$0]) - Double(predictions.targets[$0])).magnitude
      }
      return sum + errors.median(weights: predictions.weights)
    } / Double(width)
  }
}

extension Metric where Self == MedianAbsoluteError {
  /// The median absolute error.
  public static var medianAbsoluteError: MedianAbsoluteError { MedianAbsoluteError() }
}

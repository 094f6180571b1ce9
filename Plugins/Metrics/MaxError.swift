import GliaCore

/// The largest absolute error of any sample and output: max |prediction - target|, in the units of the targets.
///
/// Samples with weight 0 are omitted; other weights have no effect. If an error is NaN, so is the maximum.
public struct MaxError: Metric {
  public static let name = "max_error"
  public static let summary = "the largest absolute difference between predictions and targets"
  public var higherIsBetter: Bool { false }
  /// Creates a maximum error metric.
  public init() {}

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireNumbers(encoding) }

  public var isShiftInvariant: Bool { true }
  public func value(of predictions: Predictions) -> Double {
    let width = predictions.width
    var largest: Double?
    for row in 0..<predictions.rows where predictions.weight(row) > 0 {
      for i in row * width..<(row + 1) * width {
        let error = (Double(predictions.outputs[i]) - Double(predictions.targets[i])).magnitude
        guard !error.isNaN else { return .nan }
        largest = max(largest ?? 0, error)
      }
    }
    return largest ?? .nan
  }
}

extension Metric where Self == MaxError {
  /// The largest absolute error.
  public static var maxError: MaxError { MaxError() }
}

import GliaCore

/// The mean distance between predictions and targets: 1/n Σ |prediction - target|, in the unit of the targets.
public struct MeanAbsoluteErrorMetric: Metric {
  public static let name = "mean_absolute_error"
  public static let aliases = ["mae"]
  public static let summary = "mean distance from the targets"
  public let higherIsBetter = false
  private enum CodingKeys: CodingKey {}
  /// The mean distance.
  public init() {}

  public func check(_ encoding: TargetEncoding) throws { try requireNumbers(encoding) }

  public func value(_ predictions: Span<Float>, _ targets: Span<Float>, rows: Int, encoding: TargetEncoding) -> Double {
    var total = 0.0
    for i in predictions.indices { total += (Double(predictions[i]) - Double(targets[i])).magnitude }
    return total / Double(predictions.count)
  }
}

extension Metric where Self == MeanAbsoluteErrorMetric {
  /// The mean distance.
  public static var meanAbsoluteError: MeanAbsoluteErrorMetric { MeanAbsoluteErrorMetric() }
}

import GliaCore

/// The mean squared distance between predictions and targets: 1/n Σ (prediction - target)².
public struct MeanSquaredErrorMetric: Metric {
  public static let name = "mean_squared_error"
  public static let aliases = ["mse"]
  public static let summary = "mean squared distance from the targets"
  public let higherIsBetter = false
  private enum CodingKeys: CodingKey {}
  /// The mean squared distance.
  public init() {}

  public func check(_ encoding: TargetEncoding) throws { try requireNumbers(encoding) }

  public func value(_ predictions: Span<Float>, _ targets: Span<Float>, rows: Int, encoding: TargetEncoding) -> Double {
    var total = 0.0
    for i in predictions.indices {
      let distance = Double(predictions[i]) - Double(targets[i])
      total += distance * distance
    }
    return total / Double(predictions.count)
  }
}

extension Metric where Self == MeanSquaredErrorMetric {
  /// The mean squared distance.
  public static var meanSquaredError: MeanSquaredErrorMetric { MeanSquaredErrorMetric() }
}

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
    let width = predictions.width
    return predictions.mean { row in
      (row * width..<(row + 1) * width).reduce(0) { sum, i in
        let distance = Double(predictions.outputs[i]) - Double(predictions.targets[i])
        return sum + distance * distance
      } / Double(width)
    }
  }
}

extension Metric where Self == MeanSquaredErrorMetric {
  /// The mean squared error.
  public static var meanSquaredError: MeanSquaredErrorMetric { MeanSquaredErrorMetric() }
}

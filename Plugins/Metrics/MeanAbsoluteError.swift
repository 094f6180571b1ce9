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

  public func check(_ encoding: TargetEncoding) throws {
    guard encoding == .index else { return }
    throw GliaError("mean_absolute_error of class indices", expected: "numbers", remedy: "use accuracy instead")
  }

  public func value(_ predictions: Span<Float>, _ targets: Span<Float>, rows: Int, encoding: TargetEncoding) -> Double {
    var total = 0.0
    for i in predictions.indices { total += Double((predictions[i] - targets[i]).magnitude) }
    return total / Double(predictions.count)
  }
}

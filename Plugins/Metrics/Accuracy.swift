import GliaCore

/// The fraction of samples whose class is predicted: the largest output, or the side of the threshold for two classes.
///
/// With several 0/1 targets a sample it is the fraction of labels that are right.
public struct Accuracy: Metric {
  public static let name = "accuracy"
  public static let aliases = ["acc"]
  public static let summary = "fraction of samples whose class is predicted"
  public let unit = "%"
  public let higherIsBetter = true
  private enum CodingKeys: CodingKey {}
  /// The fraction of right classes.
  public init() {}

  public func check(_ encoding: TargetEncoding) throws {
    guard !encoding.isClassification else { return }
    throw GliaError(
      "accuracy of a regression", expected: "a loss of classification", remedy: "use mean_absolute_error instead")
  }

  public func value(_ predictions: Span<Float>, _ targets: Span<Float>, rows: Int, encoding: TargetEncoding) -> Double {
    let width = predictions.count / rows
    switch encoding {
    case .values, .binary:
      let threshold = encoding.threshold
      var right = 0
      for i in predictions.indices where (predictions[i] > threshold) == (targets[i] > threshold) { right += 1 }
      return Double(right) / Double(predictions.count)
    case .oneHot:
      var right = 0
      for row in 0..<rows where largest(predictions, row, width) == largest(targets, row, width) { right += 1 }
      return Double(right) / Double(rows)
    case .index:
      var right = 0
      for row in 0..<rows where Float(largest(predictions, row, width)) == targets[row] { right += 1 }
      return Double(right) / Double(rows)
    }
  }

  private func largest(_ values: Span<Float>, _ row: Int, _ width: Int) -> Int {
    var best = 0
    for i in 1..<max(width, 1) where values[row * width + i] > values[row * width + best] { best = i }
    return best
  }
}

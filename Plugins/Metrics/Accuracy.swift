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
    try requireClasses(encoding, instead: "use mean_absolute_error instead")
  }

  public func value(_ predictions: Span<Float>, _ targets: Span<Float>, rows: Int, encoding: TargetEncoding) -> Double {
    let (right, total) = Self.count(predictions, targets, rows: rows, encoding: encoding)
    return Double(right) / Double(total)
  }

  /// How many samples or labels are right, of how many.
  static func count(
    _ predictions: Span<Float>, _ targets: Span<Float>, rows: Int, encoding: TargetEncoding
  ) -> (right: Int, total: Int) {
    let width = predictions.count / rows
    var right = 0
    switch encoding {
    case .values, .binary:
      let threshold = encoding.threshold
      for i in predictions.indices where (predictions[i] > threshold) == (targets[i] > threshold) { right += 1 }
      return (right, predictions.count)
    case .oneHot, .index:
      for row in 0..<rows {
        let guess = predictions.largest(row: row, width: width)
        if guess == targets.targetClass(row: row, width: width, encoding: encoding) { right += 1 }
      }
      return (right, rows)
    }
  }
}

extension Metric where Self == Accuracy {
  /// The fraction of right classes.
  public static var accuracy: Accuracy { Accuracy() }
}

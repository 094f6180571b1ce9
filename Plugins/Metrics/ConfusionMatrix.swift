import GliaCore

/// How many samples of each class (row) are predicted to be of each (column), in the order of the classes.
///
/// Its value is the fraction off the diagonal: what is confused. Several labels a sample are counted together, absent and
/// present. Over 1000 classes only the value is given.
public struct ConfusionMatrix: Metric {
  public static let name = "confusion_matrix"
  public static let summary = "samples by true and predicted class; its value is the fraction that is confused"
  public let unit = "%"
  public let higherIsBetter = false
  private static let mostClasses = 1000
  private enum CodingKeys: CodingKey {}
  /// The counts by true and predicted class.
  public init() {}

  public func check(_ encoding: TargetEncoding) throws { try requireClasses(encoding) }

  public func value(_ predictions: Span<Float>, _ targets: Span<Float>, rows: Int, encoding: TargetEncoding) -> Double {
    let (right, total) = Accuracy.count(predictions, targets, rows: rows, encoding: encoding)
    return Double(total - right) / Double(total)
  }

  public func matrix(
    _ predictions: Span<Float>, _ targets: Span<Float>, rows: Int, encoding: TargetEncoding
  ) -> [[Int]]? {
    let outputs = predictions.count / rows
    // Each label is a sample of its own.
    let isMultiLabel = encoding.isMultiLabel(width: outputs)
    let (width, samples) = isMultiLabel ? (1, predictions.count) : (outputs, rows)
    let classes = encoding.classCount(width: width)
    guard classes <= Self.mostClasses else { return nil }
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    for row in 0..<samples {
      let actual = targets.targetClass(row: row, width: width, encoding: encoding)
      let predicted = predictions.predictedClass(row: row, width: width, encoding: encoding)
      if counts.indices.contains(actual) { counts[actual][predicted] += 1 }
    }
    return counts
  }
}

extension Metric where Self == ConfusionMatrix {
  /// The counts by true and predicted class.
  public static var confusionMatrix: ConfusionMatrix { ConfusionMatrix() }
}

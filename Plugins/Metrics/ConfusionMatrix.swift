import GliaCore

/// The confusion matrix: the number of samples by true class (row) and predicted class (column), in class order.
///
/// Its value is the fraction of samples off the diagonal, that is, 1 - accuracy. In multi-label classification, all labels are
/// counted together, as absent or present. Beyond 1000 classes, only the value is reported. Sample weights affect the value,
/// but not the counts.
public struct ConfusionMatrix: Metric {
  public static let name = "confusion_matrix"
  public static let summary =
    "the number of samples by true and predicted class; its value is the misclassified fraction"
  public var unit: String { "%" }
  public var higherIsBetter: Bool { false }
  /// False: the table is what matters; its value is 1 - accuracy.
  public var isObjective: Bool { false }
  private static let mostClasses = 1000
  /// Creates a confusion matrix metric.
  public init() {}

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireClasses(encoding) }

  public func value(of predictions: Predictions) -> Double {
    1 - predictions.mean { Accuracy.rightFraction(predictions, $0) }
  }

  public func matrix(of predictions: Predictions) -> [[Int]]? {
    let classes = predictions.isMultiLabel ? 2 : predictions.classCount
    guard classes <= Self.mostClasses else { return nil }
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    if predictions.isMultiLabel {
      let (threshold, rule) = (predictions.encoding.threshold, predictions.rule)
      for (output, target) in zip(predictions.outputs, predictions.targets) {
        counts[target > threshold ? 1 : 0][rule.isPositive(output) ? 1 : 0] += 1
      }
      return counts
    }
    for row in 0..<predictions.rows {
      let actual = predictions.targetClass(row)
      if counts.indices.contains(actual), let predicted = predictions.predictedClass(row) {
        counts[actual][predicted] += 1
      }
    }
    return counts
  }
}

extension Metric where Self == ConfusionMatrix {
  /// The confusion matrix.
  public static var confusionMatrix: ConfusionMatrix { ConfusionMatrix() }
}

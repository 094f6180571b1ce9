import GliaCore

/// How many samples of each class (row) are predicted to be of each (column), in the order of the classes.
///
/// Its value is the fraction off the diagonal: what is confused. Several labels a sample are counted together, absent and
/// present. Over 1000 classes only the value is given. Weights of samples count in the value; the table counts samples.
public struct ConfusionMatrix: Metric {
  public static let name = "confusion_matrix"
  public static let summary = "samples by true and predicted class; its value is the fraction that is confused"
  public var unit: String { "%" }
  public var higherIsBetter: Bool { false }
  private static let mostClasses = 1000
  /// The counts by true and predicted class.
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
      let threshold = predictions.encoding.threshold
      for (output, target) in zip(predictions.outputs, predictions.targets) {
        counts[target > threshold ? 1 : 0][output > threshold ? 1 : 0] += 1
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
  /// The counts by true and predicted class.
  public static var confusionMatrix: ConfusionMatrix { ConfusionMatrix() }
}

import GliaCore

/// The fraction of samples whose class is predicted correctly: correct / n.
///
/// The predicted class is the one with the largest output or, for a single output, the one on its side of the decision
/// threshold.
///
/// With several 0/1 targets per sample (multi-label classification), it is the fraction of correct labels.
public struct Accuracy: Metric {
  public static let name = "accuracy"
  public static let aliases = ["acc"]
  public static let summary = "the fraction of samples that are classified correctly"
  public var unit: String { "%" }
  public var higherIsBetter: Bool { true }
  /// Creates an accuracy metric.
  public init() {}

  public func checkEncoding(_ encoding: TargetEncoding) throws {
    try requireClasses(encoding, instead: "use mean_absolute_error instead")
  }

  public func value(of predictions: Predictions) -> Double {
    predictions.mean { Self.rightFraction(predictions, $0) }
  }

  /// Returns the fraction of correct labels of the sample `row`; with a single class per sample, 0 or 1.
  static func rightFraction(_ predictions: Predictions, _ row: Int) -> Double {
    guard predictions.isMultiLabel else {
      return predictions.predictedClass(row) == predictions.targetClass(row) ? 1 : 0
    }
    let (width, threshold, rule) = (predictions.width, predictions.encoding.threshold, predictions.rule)
    let right = (row * width..<(row + 1) * width).count {
      rule.isPositive(predictions.outputs[$0]) == (predictions.targets[$0] > threshold)
    }
    return Double(right) / Double(width)
  }
}

extension Metric where Self == Accuracy {
  /// The accuracy.
  public static var accuracy: Accuracy { Accuracy() }
}

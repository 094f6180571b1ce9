import GliaCore

/// The fraction of samples whose class is predicted correctly: the largest output, or for two classes the side of the
/// decision threshold; accuracy = correct / n.
///
/// With several 0/1 targets per sample, it is the fraction of correct labels.
public struct Accuracy: Metric {
  public static let name = "accuracy"
  public static let aliases = ["acc"]
  public static let summary = "fraction of samples whose class is predicted"
  public var unit: String { "%" }
  public var higherIsBetter: Bool { true }
  /// The fraction of right classes.
  public init() {}

  public func checkEncoding(_ encoding: TargetEncoding) throws {
    try requireClasses(encoding, instead: "use mean_absolute_error instead")
  }

  public func value(of predictions: Predictions) -> Double {
    predictions.mean { Self.rightFraction(predictions, $0) }
  }

  /// The fraction of the labels of the sample `row` that are right; of one class 0 or 1.
  static func rightFraction(_ predictions: Predictions, _ row: Int) -> Double {
    guard predictions.isMultiLabel else {
      return predictions.predictedClass(row) == predictions.targetClass(row) ? 1 : 0
    }
    let (width, threshold) = (predictions.width, predictions.encoding.threshold)
    let right = (row * width..<(row + 1) * width).count {
      (predictions.outputs[$0] > threshold) == (predictions.targets[$0] > threshold)
    }
    return Double(right) / Double(width)
  }
}

extension Metric where Self == Accuracy {
  /// The fraction of right classes.
  public static var accuracy: Accuracy { Accuracy() }
}

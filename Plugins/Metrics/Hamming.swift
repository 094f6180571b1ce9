import GliaCore

/// The Hamming loss, the fraction of labels that are predicted incorrectly: wrong / (n k) for n samples of k labels.
///
/// With a single class per sample, it is the fraction of misclassified samples, 1 - accuracy. Source: Hamming, "Error detecting
/// and error correcting codes" (1950).
///
/// See also ``Accuracy``.
public struct Hamming: Metric {
  public static let name = "hamming"
  public static let aliases = ["hamming_loss"]
  public static let summary = "the fraction of labels that are predicted incorrectly"
  public var unit: String { "%" }
  public var higherIsBetter: Bool { false }
  /// Creates a Hamming loss metric.
  public init() {}

  public func checkEncoding(_ encoding: TargetEncoding) throws {
    try requireClasses(encoding, instead: "use mean_absolute_error instead")
  }

  public func value(of predictions: Predictions) -> Double {
    predictions.mean { 1 - Accuracy.rightFraction(predictions, $0) }
  }
}

extension Metric where Self == Hamming {
  /// The Hamming loss.
  public static var hamming: Hamming { Hamming() }
}

import GliaCore

/// The F1 score, the harmonic mean of precision and recall.
///
/// Per class, it is 2 · true positives / (predicted + actual), or 0 if the denominator is 0. Source: van Rijsbergen,
/// "Information retrieval" (1979).
public struct F1Score: Metric {
  public static let name = "f1_score"
  public static let aliases = ["f1"]
  public static let summary = "the harmonic mean of precision and recall"
  /// How the classes are averaged; nil for `binary` with two classes and `macro` otherwise.
  public var average: MetricAverage? = nil
  public var unit: String { "" }
  public var higherIsBetter: Bool { true }

  /// Creates an F1 score of the positive class of two, or the mean over more than two classes.
  public init() {}
  /// Creates an F1 score with the given average over the classes.
  public init(average: MetricAverage?) { self.average = average }

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireClasses(encoding) }

  public func checkWidths(outputs: Int, targets: Int, encoding: TargetEncoding) throws {
    try requireEqualWidths(outputs: outputs, targets: targets, encoding: encoding)
    try average.check(Self.name, outputs: outputs, encoding: encoding)
  }

  public func value(of predictions: Predictions) -> Double {
    average.value(of: ClassCounts(predictions)) { hits, predicted, actual in
      (2 * hits, predicted + actual)
    }
  }
}

extension Metric where Self == F1Score {
  /// The F1 score.
  public static var f1Score: F1Score { F1Score() }
  /// The F1 score with the given average over the classes.
  public static func f1Score(average: MetricAverage) -> F1Score { F1Score(average: average) }
}

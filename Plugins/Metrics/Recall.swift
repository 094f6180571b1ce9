import GliaCore

/// The recall: the fraction of samples of a class that are predicted correctly.
///
/// Per class, it is true positives / actual, or 0 if the denominator is 0. Source: van Rijsbergen, "Information retrieval"
/// (1979).
public struct Recall: Metric {
  public static let name = "recall"
  public static let aliases = ["sensitivity"]
  public static let summary = "the fraction of samples of a class that are predicted correctly"
  /// How the classes are averaged; nil for `binary` with two classes and `macro` otherwise.
  public var average: MetricAverage? = nil
  public var unit: String { "%" }
  public var higherIsBetter: Bool { true }

  /// Creates a recall metric of the positive class of two, or the mean over more than two classes.
  public init() {}
  /// Creates a recall metric with the given average over the classes.
  public init(average: MetricAverage?) { self.average = average }

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireClasses(encoding) }

  public func checkWidths(outputs: Int, targets: Int, encoding: TargetEncoding) throws {
    try requireEqualWidths(outputs: outputs, targets: targets, encoding: encoding)
    try average.check(Self.name, outputs: outputs, encoding: encoding)
  }

  public func value(of predictions: Predictions) -> Double {
    average.value(of: ClassCounts(predictions)) { hits, _, actual in
      (hits, actual)
    }
  }
}

extension Metric where Self == Recall {
  /// The recall.
  public static var recall: Recall { Recall() }
  /// The recall with the given average over the classes.
  public static func recall(average: MetricAverage) -> Recall { Recall(average: average) }
}

import GliaCore

/// The recall: the fraction of the samples of a class that are predicted to be of that class.
///
/// true positives / actual per class, 0 if the denominator is 0. Source: van Rijsbergen, "Information retrieval" (1979).
public struct Recall: Metric {
  public static let name = "recall"
  public static let aliases = ["sensitivity"]
  public static let summary = "found ones among those that are of a class"
  /// How classes are averaged; nil for the positive class of two, or `macro` for more.
  public var average: MetricAverage? = nil
  public var unit: String { "%" }
  public var higherIsBetter: Bool { true }

  /// The positive one of two classes, or the mean over more.
  public init() {}
  /// An average over classes.
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
  /// The fraction of a class that is found.
  public static var recall: Recall { Recall() }
  /// The fraction of a class that is found.
  public static func recall(average: MetricAverage) -> Recall { Recall(average: average) }
}

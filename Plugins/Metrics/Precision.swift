import GliaCore

/// The precision: the fraction of samples predicted to be of a class that are of that class.
///
/// true positives / predicted per class, 0 if the denominator is 0. Source: van Rijsbergen, "Information retrieval" (1979).
public struct Precision: Metric {
  public static let name = "precision"
  public static let summary = "right ones among those predicted to be of a class"
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
    average.value(of: ClassCounts(predictions)) { hits, predicted, _ in
      (hits, predicted)
    }
  }
}

extension Metric where Self == Precision {
  /// The fraction of predictions of a class that are right.
  public static var precision: Precision { Precision() }
  /// The fraction of predictions of a class that are right.
  public static func precision(average: MetricAverage) -> Precision { Precision(average: average) }
}

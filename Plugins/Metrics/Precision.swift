import GliaCore

/// The precision: the fraction of predictions of a class that are correct.
///
/// Per class, it is true positives / predicted, or 0 if the denominator is 0. Source: van Rijsbergen, "Information retrieval"
/// (1979).
public struct Precision: Metric {
  public static let name = "precision"
  public static let summary = "the fraction of predictions of a class that are correct"
  /// How the classes are averaged; nil for `binary` with two classes and `macro` otherwise.
  public var average: MetricAverage? = nil
  public var unit: String { "%" }
  public var higherIsBetter: Bool { true }

  /// Creates a precision metric of the positive class of two, or the mean over more than two classes.
  public init() {}
  /// Creates a precision metric with the given average over the classes.
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
  /// The precision.
  public static var precision: Precision { Precision() }
  /// The precision with the given average over the classes.
  public static func precision(average: MetricAverage) -> Precision { Precision(average: average) }
}

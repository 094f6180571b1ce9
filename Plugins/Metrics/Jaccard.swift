import GliaCore

/// The Jaccard index, the intersection of predictions and samples of a class divided by their union.
///
/// Per class, it is true positives / (predicted + actual - true positives), or 0 if the denominator is 0. Source: Jaccard, "The
/// distribution of the flora in the alpine zone" (1912).
public struct Jaccard: Metric {
  public static let name = "jaccard"
  public static let aliases = ["jaccard_score", "iou"]
  public static let summary = "the intersection of predictions and samples of a class divided by their union"
  /// How the classes are averaged; nil for `binary` with two classes and `macro` otherwise.
  public var average: MetricAverage? = nil
  public var higherIsBetter: Bool { true }

  /// Creates a Jaccard index of the positive class of two, or the mean over more than two classes.
  public init() {}
  /// Creates a Jaccard index with the given average over the classes.
  public init(average: MetricAverage?) { self.average = average }

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireClasses(encoding) }

  public func checkWidths(outputs: Int, targets: Int, encoding: TargetEncoding) throws {
    try requireEqualWidths(outputs: outputs, targets: targets, encoding: encoding)
    try average.check(Self.name, outputs: outputs, encoding: encoding)
  }

  public func value(of predictions: Predictions) -> Double {
    average.value(of: ClassCounts(predictions)) { hits, predicted, actual in
      (hits, predicted + actual - hits)
    }
  }
}

extension Metric where Self == Jaccard {
  /// The Jaccard index.
  public static var jaccard: Jaccard { Jaccard() }
  /// The Jaccard index with the given average over the classes.
  public static func jaccard(average: MetricAverage) -> Jaccard { Jaccard(average: average) }
}

import GliaCore

/// The mean recall over the K classes, which weights rare and common classes equally: 1/K Σ correctₖ / nₖ.
///
/// Classes without samples are omitted. Source: Brodersen, Ong, Stephan and Buhmann, "The balanced accuracy and its
/// posterior distribution" (2010).
public struct BalancedAccuracy: Metric {
  public static let name = "balanced_accuracy"
  public static let summary = "the mean recall over the classes"
  public var unit: String { "%" }
  public var higherIsBetter: Bool { true }
  /// Creates a balanced accuracy metric.
  public init() {}

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireClasses(encoding) }

  public func checkWidths(outputs: Int, targets: Int, encoding: TargetEncoding) throws {
    try requireEqualWidths(outputs: outputs, targets: targets, encoding: encoding)
    try requireOneLabel(outputs: outputs, encoding: encoding)
  }

  public func value(of predictions: Predictions) -> Double {
    let counts = ClassCounts(predictions)
    let present = counts.actual.indices.filter { counts.actual[$0] > 0 }
    return present.reduce(0) { $0 + counts.hits[$1] / counts.actual[$1] } / Double(present.count)
  }
}

extension Metric where Self == BalancedAccuracy {
  /// The mean recall over the classes.
  public static var balancedAccuracy: BalancedAccuracy { BalancedAccuracy() }
}

import GliaCore

/// The Matthews correlation coefficient, the correlation of predicted and true classes:
/// (c s - Σ pₖ tₖ) / √((s² - Σ pₖ²) (s² - Σ tₖ²)), where c of s samples are classified correctly, and class k is predicted pₖ
/// times and occurs tₖ times.
///
/// It is 1 for perfect predictions, 0 for predictions that are independent of the true classes, and negative for worse ones;
/// rare and common classes count alike. If all predictions or all samples are of one class, it is 0.
///
/// Source: Matthews, "Comparison of the predicted and observed secondary structure of T4 phage lysozyme" (1975); for several
/// classes, Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient" (2004).
public struct MatthewsCorrelation: Metric {
  public static let name = "matthews_correlation"
  public static let aliases = ["mcc", "matthews_corrcoef"]
  public static let summary = "the correlation of predicted and true classes"
  public var higherIsBetter: Bool { true }
  /// Creates a Matthews correlation metric.
  public init() {}

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireClasses(encoding) }

  public func checkWidths(outputs: Int, targets: Int, encoding: TargetEncoding) throws {
    try requireEqualWidths(outputs: outputs, targets: targets, encoding: encoding)
    try requireOneLabel(outputs: outputs, encoding: encoding)
  }

  public func value(of predictions: Predictions) -> Double {
    let counts = ClassCounts(predictions)
    let samples = (0..<predictions.rows).reduce(0) { $0 + predictions.weight($1) }
    guard samples > 0 else { return .nan }
    /// s² - Σ k², where samples that belong to none of the classes form another one.
    func spread(_ counts: [Double]) -> Double {
      let others = samples - counts.reduce(0, +)
      return samples * samples - counts.reduce(others * others) { $0 + $1 * $1 }
    }
    let (predicted, actual) = (spread(counts.predicted), spread(counts.actual))
    guard predicted > 0, actual > 0 else { return 0 }
    let chance = zip(counts.predicted, counts.actual).reduce(0) { $0 + $1.0 * $1.1 }
    return (counts.hits.reduce(0, +) * samples - chance) / (predicted.squareRoot() * actual.squareRoot())
  }
}

extension Metric where Self == MatthewsCorrelation {
  /// The Matthews correlation coefficient.
  public static var matthewsCorrelation: MatthewsCorrelation { MatthewsCorrelation() }
}

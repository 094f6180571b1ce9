import GliaCore

/// The average precision, a summary of the precision-recall curve: Σ (Rₙ - Rₙ₋₁) Pₙ, where Pₙ and Rₙ are the precision and the
/// recall if the n highest distinct outputs count as predictions of the class.
///
/// It is the precision of a random classifier, the fraction of the class, if outputs are independent of the classes. If the
/// loss is computed from logits, the logits are compared.
///
/// For two classes, it is that of the second one; for more, the mean over the classes, each against the rest; for several
/// labels, the mean over the labels. Classes without samples are omitted; if no class remains, it is NaN.
///
/// Source: Salton and McGill, "Introduction to modern information retrieval" (1983).
///
/// See also ``ROCAUC``.
public struct AveragePrecision: Metric {
  public static let name = "average_precision"
  public static let aliases = ["average_precision_score"]
  public static let summary = "the mean precision over all thresholds, weighted by the increase in recall"
  public var higherIsBetter: Bool { true }
  /// Creates an average precision metric.
  public init() {}

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireClasses(encoding) }

  public func value(of predictions: Predictions) -> Double {
    predictions.meanOverClasses(predictions.comparedColumns, Self.precision)
  }

  /// Returns the average precision for one class against the rest; nil if it has no samples.
  private static func precision(_ samples: [ScoredSample]) -> Double? {
    let all = samples.totals.positives
    guard all > 0 else { return nil }
    guard !samples.contains(where: { $0.score.isNaN }) else { return .nan }
    var (sum, hits, predicted) = (0.0, 0.0, 0.0)
    samples.forEachScore(descending: true) { positives, negatives in
      hits += positives
      predicted += positives + negatives
      // With weights of 0, nothing may have been predicted yet.
      if positives > 0 { sum += positives * hits / predicted }
    }
    return sum / all
  }
}

extension Metric where Self == AveragePrecision {
  /// The average precision.
  public static var averagePrecision: AveragePrecision { AveragePrecision() }
}

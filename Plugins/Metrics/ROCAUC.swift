import GliaCore

/// The area under the receiver operating characteristic (ROC) curve.
///
/// It is the probability P(a > b) that the output a for a random sample of the class is larger than the output b for a random
/// sample of another class, where ties count half. If the loss is computed from logits, the logits are compared.
///
/// For more than two classes, it is the mean over the classes, each against the rest; for several labels, the mean over the
/// labels. Classes with no samples or with all samples are omitted; if no class remains, the area is NaN.
///
/// Source: Hanley and McNeil, "The meaning and use of the area under a receiver operating characteristic (ROC) curve"
/// (1982).
public struct ROCAUC: Metric {
  public static let name = "roc_auc"
  public static let aliases = ["auc"]
  public static let summary = "the area under the receiver operating characteristic (ROC) curve"
  public var higherIsBetter: Bool { true }
  /// Creates an ROC AUC metric.
  public init() {}

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireClasses(encoding) }

  public func value(of predictions: Predictions) -> Double {
    predictions.meanOverClasses(0..<predictions.width, Self.area)
  }

  /// Returns the area for one class against the rest; nil if either has no samples.
  private static func area(_ samples: [ScoredSample]) -> Double? {
    let (positives, negatives) = samples.totals
    guard positives > 0, negatives > 0 else { return nil }
    guard !samples.contains(where: { $0.score.isNaN }) else { return .nan }
    var (area, below) = (0.0, 0.0)
    samples.forEachScore { equalPositives, equalNegatives in
      area += equalPositives * (below + equalNegatives / 2)
      below += equalNegatives
    }
    return area / positives / negatives
  }
}

extension Metric where Self == ROCAUC {
  /// The area under the ROC curve.
  public static var rocAUC: ROCAUC { ROCAUC() }
}

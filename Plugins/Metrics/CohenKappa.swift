import GliaCore

/// Cohen's kappa, the agreement of predicted and true classes beyond chance: 1 - Σ w observed / Σ w expected.
///
/// The sums are over the pairs of a true class i and a predicted class j; the expected number of samples is that for
/// independent predictions with the same class frequencies. The ``weights`` w of different classes are 1 or, for ordered
/// classes, |i - j| or (i - j)². Distances are between positions in class order, also if a class between them never occurs.
///
/// It is 1 for perfect predictions, and 0 for predictions that agree with the targets as often as by chance. If all predictions
/// and all samples are of the same class, an output is NaN, or a target is a class unknown to the network, it is NaN.
///
/// Source: Cohen, "A coefficient of agreement for nominal scales" (1960) and "Weighted kappa" (1968).
public struct CohenKappa: Metric {
  public static let name = "cohen_kappa"
  public static let aliases = ["kappa", "cohen_kappa_score"]
  public static let summary = "the agreement of predicted and true classes beyond chance"
  public static var examples: [JSON] {
    [["weights": "linear"], ["weights": "quadratic"]]
  }
  /// How disagreements are weighted.
  public var weights = KappaWeights.none
  public var higherIsBetter: Bool { true }

  /// Creates a metric that counts all disagreements alike.
  public init() {}
  /// Creates a metric with the given weights of disagreements.
  public init(weights: KappaWeights) { self.weights = weights }

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireClasses(encoding) }

  public func checkWidths(outputs: Int, targets: Int, encoding: TargetEncoding) throws {
    try requireEqualWidths(outputs: outputs, targets: targets, encoding: encoding)
    try requireOneLabel(outputs: outputs, encoding: encoding)
  }

  public func value(of predictions: Predictions) -> Double {
    let observed = predictions.mean { row in
      let target = predictions.targetClass(row)
      guard target < predictions.classCount, let guess = predictions.predictedClass(row) else { return .nan }
      return weights.disagreement(target, guess)
    }
    let counts = ClassCounts(predictions)
    let expected = weights.expectedDisagreement(counts.actual, counts.predicted)
    return expected > 0 ? 1 - observed / expected : .nan
  }
}

extension Metric where Self == CohenKappa {
  /// Cohen's kappa.
  public static var cohenKappa: CohenKappa { CohenKappa() }
  /// Cohen's kappa with the given weights of disagreements.
  public static func cohenKappa(weights: KappaWeights) -> CohenKappa { CohenKappa(weights: weights) }
}

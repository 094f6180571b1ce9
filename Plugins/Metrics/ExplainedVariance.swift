import GliaCore

/// The explained variance: 1 - Var(target - prediction) / Var(target), averaged over the outputs.
///
/// Unlike ``R2Score``, it ignores a constant offset. For constant targets, it is 1 if the errors are constant too, otherwise 0.
public struct ExplainedVariance: Metric {
  public static let name = "explained_variance"
  public static let aliases = ["explained_variance_score"]
  public static let summary = "the fraction of the variance of the targets that is explained"
  public var higherIsBetter: Bool { true }
  /// Creates an explained variance metric.
  public init() {}

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireNumbers(encoding) }

  public var isShiftInvariant: Bool { true }
  public func value(of predictions: Predictions) -> Double {
    explainedFraction(predictions) { wanted, found in
      (
        zip(wanted, found).map { $0 - $1 }.squaredDeviation(weights: predictions.weights),
        wanted.squaredDeviation(weights: predictions.weights)
      )
    }
  }
}

extension Metric where Self == ExplainedVariance {
  /// The explained variance.
  public static var explainedVariance: ExplainedVariance { ExplainedVariance() }
}

import GliaCore

/// The Brier score, the mean squared error of predicted probabilities p: 1/n Σ (p - t)², where t is 1 for the true class,
/// otherwise 0.
///
/// For two classes, p is the probability of the second one, and the score is between 0 and 1. For more classes, the squared
/// errors of a sample are summed over the classes, and the score is between 0 and 2. With several labels per sample, it is
/// averaged over the labels. If an output is not a probability, the score is NaN.
///
/// Source: Brier, "Verification of forecasts expressed in terms of probability" (1950).
public struct BrierScore: Metric {
  public static let name = "brier_score"
  public static let aliases = ["brier_score_loss"]
  public static let summary = "the mean squared error of predicted probabilities"
  public var higherIsBetter: Bool { false }
  /// Creates a Brier score.
  public init() {}

  public func checkEncoding(_ encoding: TargetEncoding) throws {
    try requireProbabilities(encoding, instead: "use mean_squared_error instead")
  }

  public func value(of predictions: Predictions) -> Double {
    let width = predictions.width
    let columns = predictions.comparedColumns
    return predictions.mean { row in
      let sum = columns.reduce(0) { sum, column in
        let target: Double =
          predictions.encoding == .index
          ? predictions.isTarget(row, column) ? 1 : 0 : Double(predictions.targets[row * width + column])
        let error = predictions.probability(row * width + column) - target
        return sum + error * error
      }
      return predictions.isMultiLabel ? sum / Double(width) : sum
    }
  }
}

extension Metric where Self == BrierScore {
  /// The Brier score.
  public static var brierScore: BrierScore { BrierScore() }
}

/// The precision of scores against their recall: how pure the samples above a threshold are, and how many of a class are
/// among them, for every threshold.
///
/// ```swift
/// let curve = try PrecisionRecall(scores: [0.1, 0.4, 0.35, 0.8], isPositive: [false, false, true, true])
/// curve.averagePrecision  // 0.8333…
/// ```
///
/// Precision does not run straight between thresholds (J. Davis and M. Goadrich, "The relationship between precision-recall
/// and ROC curves", 2006); the curve is a stair, and its area the average precision Σ (Rₙ − Rₙ₋₁) Pₙ, without interpolation.
public struct PrecisionRecall: Hashable, Sendable {
  /// Every score that occurs, falling; a sample counts as found if its score is at least the threshold.
  public let thresholds: [Float]
  /// The part of the class that is found, TP / P, at each threshold, rising to 1.
  public let recalls: [Double]
  /// The part of what is found that is of the class, TP / (TP + FP), at each threshold.
  public let precisions: [Double]
  /// Σ (Rₙ − Rₙ₋₁) Pₙ.
  public let averagePrecision: Double
  /// How many samples are of the class.
  public let positives: Int
  /// How many samples are of the rest.
  public let negatives: Int
  /// How many samples were left out because their score is not finite.
  public let skipped: Int

  /// The curve of `scores`, larger ones speaking for the class.
  ///
  /// - Parameters:
  ///   - scores: one a sample.
  ///   - isPositive: whether each is of the class.
  ///   - ties: what orders samples of equal scores, such as the logits of probabilities that round to 1; nil to count them
  ///     together.
  /// - Throws: when there is not one label for every score, and unless finite scores of both kinds are among them.
  public init(scores: [Float], isPositive: [Bool], ties: [Double]? = nil) throws {
    let ranking = try Ranking(scores, isPositive, ties: ties)
    (positives, negatives, skipped) = (ranking.positives, ranking.negatives, ranking.skipped)
    thresholds = ranking.thresholds
    let hits = ranking.hits
    let precisions = zip(hits, ranking.alarms).map { Double($0) / Double($0 + $1) }
    let gained = hits.indices.reduce(0.0) { sum, i in sum + Double(hits[i] - (i > 0 ? hits[i - 1] : 0)) * precisions[i]
    }
    self.precisions = precisions
    recalls = hits.map { Double($0) / Double(ranking.positives) }
    averagePrecision = gained / Double(ranking.positives)
  }

  /// The part of the samples that is of the class: the precision of guessing.
  public var prevalence: Double { Double(positives) / Double(positives + negatives) }

  /// Recall and precision when samples with a score above `threshold` are taken for the class; nil if none is.
  public func values(above threshold: Float) -> (recall: Double, precision: Double)? {
    let count = thresholds.countAbove(threshold)
    return count > 0 ? (recalls[count - 1], precisions[count - 1]) : nil
  }

  /// The stair from recall 0 to where all are found, and down to the prevalence, where all samples are taken for the class.
  var points: [Point] {
    var points: [Point] = []
    var recall = 0.0
    for (next, precision) in zip(recalls, precisions) {
      points.append(Point(recall, precision))
      if next > recall { points.append(Point(next, precision)) }
      recall = next
    }
    return points
  }
}

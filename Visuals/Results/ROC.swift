/// The receiver operating characteristic of scores: how many samples of a class are found against how many of the rest are
/// mistaken for it, for every threshold.
///
/// ```swift
/// let roc = try ROC(scores: [0.1, 0.4, 0.35, 0.8], isPositive: [false, false, true, true])
/// roc.area  // 0.75
/// ```
///
/// Samples of equal score pass the threshold together, so that their part of the curve is one straight slope and no order
/// among them is rewarded.
///
/// Source: T. Fawcett, "An introduction to ROC analysis" (2006).
public struct ROC: Hashable, Sendable {
  /// ∞, then every score that occurs, falling; a sample counts as found if its score is at least the threshold.
  public let thresholds: [Float]
  /// The part of the rest that is mistaken, FP / N, at each threshold.
  public let falsePositiveRates: [Double]
  /// The part of the class that is found, TP / P, at each threshold.
  public let truePositiveRates: [Double]
  /// The area under the curve: how likely a sample of the class scores higher than one of the rest, equal scores counting half.
  public let area: Double
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
    let (hits, alarms) = ([0] + ranking.hits, [0] + ranking.alarms)
    thresholds = [.infinity] + ranking.thresholds
    let (all, rest) = (Double(ranking.positives), Double(ranking.negatives))
    truePositiveRates = hits.map { Double($0) / all }
    falsePositiveRates = alarms.map { Double($0) / rest }
    let doubled = hits.indices.dropFirst().reduce(0.0) { sum, i in
      sum + Double(alarms[i] - alarms[i - 1]) * Double(hits[i] + hits[i - 1])
    }
    area = doubled / (2 * all * rest)
  }

  /// Both rates when samples with a score above `threshold` are taken for the class.
  public func rates(above threshold: Float) -> (falsePositive: Double, truePositive: Double) {
    let index = max(thresholds.countAbove(threshold) - 1, 0)
    return (falsePositiveRates[index], truePositiveRates[index])
  }

  /// The curve as points from (0, 0) to (1, 1).
  var points: [Point] { zip(falsePositiveRates, truePositiveRates).map { Point($0, $1) } }

  /// The mean height of `curves`, which do not fall; upright parts stay upright, so that the area is the mean area.
  static func mean(of curves: [[Point]]) -> [Point] {
    let places = Set(curves.joined().map(\.x)).sorted()
    var low = [Double](repeating: 0, count: places.count)
    var high = low
    for curve in curves {
      var next = 0
      for (index, x) in places.enumerated() {
        while next < curve.count - 1, curve[next].x < x { next += 1 }
        let end = curve[next]
        let start = curve[max(next - 1, 0)]
        let isBetween = end.x > x && end.x > start.x
        let height = isBetween ? start.y + (end.y - start.y) * (x - start.x) / (end.x - start.x) : end.y
        low[index] += height
        while next < curve.count - 1, curve[next + 1].x == x { next += 1 }
        high[index] += isBetween ? height : curve[next].y
      }
    }
    let share = 1 / Double(max(curves.count, 1))
    return places.indices.flatMap { i in
      [Point(places[i], low[i] * share)] + (high[i] > low[i] ? [Point(places[i], high[i] * share)] : [])
    }
  }
}

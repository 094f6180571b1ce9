/// Finds the threshold of scores at which a metric of the decisions is highest.
struct ThresholdSearch {
  /// The scores in ascending order, with their true decisions and weights.
  private let samples: [(score: Float, isPositive: Bool, weight: Double)]
  /// The weights of both classes.
  private let (positives, negatives): (Double, Double)

  /// A threshold with the value of the metric there and at the usual threshold.
  typealias Choice = (threshold: Float, value: Double, usualValue: Double)

  /// Creates a search over scores, of which those that are NaN are left out; nil unless there are samples of both classes.
  init?(_ scores: [Float], isPositive: [Bool], weights: [Double]) {
    samples = scores.indices.filter { !scores[$0].isNaN }.map { (scores[$0], isPositive[$0], weights[$0]) }
      .sorted { $0.score < $1.score }
    positives = samples.reduce(0) { $0 + ($1.isPositive ? $1.weight : 0) }
    negatives = samples.reduce(0) { $0 + ($1.isPositive ? 0 : $1.weight) }
    guard positives > 0, negatives > 0 else { return nil }
  }

  /// Returns the threshold with the highest value; of several, the one nearest to `usual`.
  ///
  /// All scores between two neighbors decide alike. The threshold is halfway between them, or `usual` if it is among them.
  /// The metric is that of the class of high scores or, if `isOfLow` is true, of low ones.
  func best(_ metric: ThresholdMetric, isOfLow: Bool = false, usual: Float, in range: ClosedRange<Float>) -> Choice {
    var (best, usualValue): (Choice?, Double) = (nil, 0)
    // The weights of samples at or below the cut, which are decided negatively.
    var (tn, fn) = (0.0, 0.0)
    for cut in 0...samples.count {
      if cut > 0 {
        let last = samples[cut - 1]
        if last.isPositive { fn += last.weight } else { tn += last.weight }
      }
      let low = cut > 0 ? samples[cut - 1].score : -.infinity
      let high = cut < samples.count ? samples[cut].score : .infinity
      guard low < high else { continue }
      let (tp, fp) = (positives - fn, negatives - tn)
      let value = isOfLow ? metric(tp: tn, fp: fn, tn: tp, fn: fp) : metric(tp: tp, fp: fp, tn: tn, fn: fn)
      let isUsual = low <= usual && usual < high
      if isUsual { usualValue = value }
      let threshold = isUsual ? usual : Self.between(low, high)
      guard range.contains(threshold), threshold.isFinite else { continue }
      let isNearer = best.map { abs(threshold - usual) < abs($0.threshold - usual) } ?? true
      if value > best?.value ?? -.infinity || value == best?.value && isNearer { best = (threshold, value, 0) }
    }
    return (best?.threshold ?? usual, best?.value ?? usualValue, usualValue)
  }

  /// Returns a number of at least `low` and less than `high`.
  private static func between(_ low: Float, _ high: Float) -> Float {
    guard low.isFinite else { return high.nextDown }
    guard high.isFinite else { return low }
    let middle = low + (high - low) / 2
    return middle < high ? middle : low
  }
}

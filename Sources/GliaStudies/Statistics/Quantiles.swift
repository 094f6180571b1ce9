import GliaCore

/// Medians and quantiles of scores, in which infinity stands for a run that diverged and ranks last.
public enum Quantiles {
  /// Returns the median: the middle score, or the mean of the two middle ones.
  ///
  /// - Throws: `GliaError` if there are no scores, or if one of them is NaN or negative infinity.
  public static func median(_ scores: [Double]) throws -> Double { try quantile(0.5, of: scores) }

  /// Returns the quantile at `level`, interpolated linearly between the sorted scores x₀ ≤ ... ≤ xₙ₋₁:
  /// xᵢ + f (xᵢ₊₁ - xᵢ) with i + f = level (n - 1).
  ///
  /// Between a finite score and infinity it is infinite.
  ///
  /// - Throws: `GliaError` if the level is outside [0, 1], if there are no scores, or if one of them is NaN or negative
  ///   infinity.
  ///
  /// Source: Hyndman and Fan, "Sample quantiles in statistical packages" (1996), definition 7, the default of NumPy.
  public static func quantile(_ level: Double, of scores: [Double]) throws -> Double {
    try Samples.require(0...1 ~= level, "level", level, expected: "a number from 0 to 1")
    try Samples.requireScores(scores, at: "scores")
    return quantile(level, ofSorted: scores.sorted())
  }

  /// Returns the percentile-bootstrap interval of the median.
  ///
  /// As many scores as there are, are drawn with replacement `resamples` times; the interval reaches from the quantile at
  /// (1 - confidence) / 2 of the medians to the one at (1 + confidence) / 2.
  ///
  /// - Throws: `GliaError` if there are no scores, if one of them is NaN or negative infinity, if the confidence is not
  ///   between 0 and 1, or if the number of resamples is not from 1 to 1,000,000.
  ///
  /// Source: Efron and Tibshirani, "An introduction to the bootstrap" (1993), section 13.3.
  public static func medianInterval(
    _ scores: [Double], confidence: Double = 0.95, resamples: Int = 10_000, seed: UInt64 = 0
  ) throws -> (low: Double, high: Double) {
    try Samples.requireScores(scores, at: "scores")
    try Samples.require(
      confidence > 0 && confidence < 1, "confidence", confidence, expected: "a number between 0 and 1")
    try Samples.require(
      1...1_000_000 ~= resamples, "resamples", resamples, expected: "a whole number from 1 to 1000000")
    let sorted = scores.sorted()
    var random = Random(seed: seed, 0xB007)
    var drawn = sorted
    let medians = (0..<resamples).map { _ in
      for index in drawn.indices { drawn[index] = sorted[random.below(sorted.count)] }
      return quantile(0.5, ofSorted: drawn.sorted())
    }.sorted()
    return (
      quantile((1 - confidence) / 2, ofSorted: medians), quantile((1 + confidence) / 2, ofSorted: medians)
    )
  }

  private static func quantile(_ level: Double, ofSorted sorted: [Double]) -> Double {
    let position = level * Double(sorted.count - 1)
    let index = min(Int(position), sorted.count - 1)
    let fraction = position - Double(index)
    let (low, high) = (sorted[index], sorted[min(index + 1, sorted.count - 1)])
    if low == high || fraction == 0 { return low }
    return high.isInfinite ? high : (1 - fraction) * low + fraction * high
  }
}

/// What is fitted to data in addition to a network's parameters: class weights on the training part, and on the validation part
/// the decision threshold, the temperature of probabilities, and the widths of prediction intervals.
public struct FittedValues: Hashable, Sendable {
  /// The decision threshold, given or chosen; nil for the middle of the targets' encoding.
  public var threshold: Float?
  /// Why the threshold was chosen; nil if it was given, and after reading a model from a file.
  public var choice: ThresholdChoice?
  /// The temperature by which the inputs of the output activation are divided; nil for none.
  public var temperature: Double?
  /// The prediction intervals of a regression.
  public var intervals: PredictionIntervals?
  /// The class weights of a loss that balances classes, in class order.
  public var classWeights: [Float]?
  /// The smallest and the largest known value of each feature in the training part, before preprocessing.
  public var featureRanges: [ClosedRange<Double>]?
  /// Values that could not be fitted, each with the reason.
  public var warnings: [String] = []

  /// Creates no fitted values.
  public init() {}
}

/// The metric that a decision threshold maximizes.
public struct ThresholdChoice: Hashable, Sendable {
  /// The metric.
  public let metric: ThresholdMetric
  /// The class that the metric is of, if it was named; nil for the second one.
  public let positive: String?
  /// Its value on the validation part.
  public let value: Double
  /// Its value at the usual threshold.
  public let usualValue: Double
}

/// Intervals around the predictions of a regression that contain a given fraction of the targets, for samples from the same
/// distribution as the validation part.
///
/// They are ŷ ± the ⌈(n + 1) level⌉-th smallest of the absolute residuals of n validation samples, in the target's own unit, or
/// if targets are transformed, in that of their logarithms, so that the ends are ŷ times and divided by a factor (split
/// conformal prediction).
///
/// Source: Vovk, Gammerman and Shafer, "Algorithmic learning in a random world" (2005); Lei, G'Sell, Rinaldo, Tibshirani and
/// Wasserman, "Distribution-free predictive inference for regression" (2018).
public struct PredictionIntervals: Hashable, Sendable, Codable {
  /// The fraction of targets that each interval contains.
  public let level: Double
  /// Half the width of the interval of every target, or of its logarithm if targets are transformed.
  public let radius: [Double]

  /// Creates intervals from the absolute residuals of each target; nil if there are too few, or one is not finite.
  init?(level: Double, residuals: [[Double]]) {
    self.level = level
    var radius: [Double] = []
    for column in residuals {
      let rank = Self.rank(level, samples: column.count)
      guard rank <= column.count, column.allSatisfy(\.isFinite) else { return nil }
      radius.append(column.sorted()[rank - 1])
    }
    self.radius = radius
  }

  /// Returns ⌈(n + 1) level⌉, which is at least 1.
  private static func rank(_ level: Double, samples: Int) -> Int {
    // 10 · 0.9 must be 9, whatever its last bit.
    max(Int(((Double(samples) + 1) * level - 1e-9).rounded(.up)), 1)
  }

  /// Returns the number of validation samples that intervals of this level need.
  static func needed(for level: Double) -> Int { max(Int((level / (1 - level) - 1e-9).rounded(.up)), 1) }
}

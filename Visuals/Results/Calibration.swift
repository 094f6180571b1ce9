import GliaCore

/// The calibration of predicted probabilities: in bins of similar predictions, the predicted probabilities and the
/// observed frequencies.
///
/// ```swift
/// let calibration = try Calibration(probabilities: [0.1, 0.3, 0.8, 0.9], isPositive: [false, true, true, true], bins: .uniform(2))
/// calibration.bins.map(\.meanProbability)  // [0.2, 0.85]
/// calibration.bins.map(\.fraction)         // [0.5, 1]
/// calibration.expectedError                // 0.225
/// ```
///
/// Sources: M. P. Naeini, G. F. Cooper and M. Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning"
/// (2015); C. Guo et al., "On calibration of modern neural networks" (2017); G. W. Brier, "Verification of forecasts
/// expressed in terms of probability" (1950).
public struct Calibration: Hashable, Sendable {
  /// How the predictions are divided into bins.
  public enum Binning: Hashable, Sendable {
    /// Bins of equal width, from 1 to 1000 of them; an edge belongs to the bin below.
    case uniform(Int)
    /// Bins with about the same number of samples, from 1 to 1000 of them; equal predictions share a bin.
    case quantile(Int)

    var count: Int {
      switch self {
      case .uniform(let count), .quantile(let count): count
      }
    }
  }

  /// A bin of samples with similar predictions.
  public struct Bin: Hashable, Sendable {
    /// The range of the predictions.
    public let range: ClosedRange<Double>
    /// The number of samples, at least one.
    public internal(set) var count = 0
    /// The number of samples of the class; for soft labels, the sum of its probabilities.
    public internal(set) var positives = 0.0
    var sum = 0.0

    init(_ range: ClosedRange<Double>) { self.range = range }

    /// The mean of the predictions.
    public var meanProbability: Double { sum / Double(count) }
    /// The fraction of the samples that belong to the class.
    public var fraction: Double { positives / Double(count) }

    /// The 95 % confidence interval of the true fraction.
    ///
    /// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference" (1927).
    public var interval: ClosedRange<Double> {
      let (n, p, z) = (Double(count), fraction, 1.959963984540054)
      let center = (p + z * z / (2 * n)) / (1 + z * z / n)
      let reach = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
      return max(center - reach, 0)...min(max(center + reach, 0), 1)
    }
  }

  /// The nonempty bins in ascending order of the predictions.
  public let bins: [Bin]
  /// How the predictions were divided.
  public let binning: Binning
  /// The expected calibration error: Σ nᵦ / n · |fraction − mean prediction|.
  public let expectedError: Double
  /// The maximum calibration error: the largest difference of fraction and mean prediction in any bin.
  public let maximumError: Double
  /// The Brier score: the mean of (p − y)², where y is 1 for samples of the class and 0 for the others, or a soft
  /// label.
  public let brierScore: Double
  /// The number of samples.
  public let count: Int
  /// The number of samples skipped because their prediction is not finite.
  public let skipped: Int
  /// The number of predictions in intervals of equal width.
  let histogram: [Int]

  /// Compares predicted `probabilities` with the observed classes.
  ///
  /// Throws an error when these differ in number, when no probability is finite or one is not between 0 and 1, or when
  /// the number of bins is out of range.
  public init(probabilities: [Float], isPositive: [Bool], bins binning: Binning = .uniform(10)) throws {
    try self.init(probabilities: probabilities, labels: isPositive.map { $0 ? 1 : 0 }, bins: binning)
  }

  /// Compares predicted `probabilities` with soft labels, the true probabilities of the class.
  ///
  /// Throws an error when these differ in number, when no probability is finite or one is not between 0 and 1, or when
  /// the number of bins is out of range.
  public init(probabilities: [Float], labels: [Double], bins binning: Binning = .uniform(10)) throws {
    let samples = try Self.samples(probabilities, labels)
    guard (1...1000).contains(binning.count) else {
      throw GliaError("\(binning.count) bins", at: "bins", expected: "1 to 1000")
    }
    let edges = Self.edges(binning, samples.map(\.value))
    var bins = zip(edges, edges.dropFirst()).map { Bin($0...$1) }
    let inner = edges.dropFirst().dropLast()
    var squares = 0.0
    let isUniform = binning == .uniform(binning.count)
    var histogram = Array(repeating: 0, count: isUniform ? binning.count : 20)
    for (value, label) in samples {
      let index = inner.countBelow(value)
      bins[index].count += 1
      bins[index].positives += label
      bins[index].sum += value
      let miss = value - label
      squares += miss * miss
      histogram[isUniform ? index : min(Int(value * 20), 19)] += 1
    }
    bins.removeAll { $0.count == 0 }
    let errors = bins.map { abs($0.fraction - $0.meanProbability) }
    expectedError = zip(bins, errors).reduce(0) { $0 + Double($1.0.count) * $1.1 } / Double(samples.count)
    maximumError = errors.max() ?? 0
    brierScore = squares / Double(samples.count)
    (self.bins, self.binning, self.histogram) = (bins, binning, histogram)
    (count, skipped) = (samples.count, probabilities.count - samples.count)
  }

  private static func samples(
    _ probabilities: [Float], _ labels: [Double]
  ) throws -> [(value: Double, label: Double)] {
    guard probabilities.count == labels.count else {
      throw GliaError(
        "\(probabilities.count) probabilities do not fit \(labels.count) labels", at: "probabilities",
        expected: "one probability for every label")
    }
    // Rounding can push probabilities slightly outside 0...1.
    let allowed: ClosedRange<Float> = -1e-5...1.00001
    if let row = probabilities.firstIndex(where: { $0.isFinite && !allowed.contains($0) }) {
      throw GliaError(
        "a probability is \(probabilities[row])", at: "probabilities, sample \(row)", expected: "a number from 0 to 1",
        remedy: "if these are logits or decision values, say so with scoreKind")
    }
    if let row = labels.firstIndex(where: { !(-1e-5...1.00001 ~= $0) }) {
      throw GliaError(
        "a label is \(labels[row])", at: "labels, sample \(row)", expected: "a number from 0 to 1",
        remedy: "use 1 for samples of the class, 0 for others, or a probability")
    }
    let samples = zip(probabilities, labels).filter { $0.0.isFinite }.map {
      (value: Double(min(max($0, 0), 1)), label: min(max($1, 0), 1))
    }
    guard !samples.isEmpty else {
      throw GliaError(
        probabilities.isEmpty
          ? "there are no probabilities" : "none of the \(probabilities.count) probabilities is finite",
        at: "probabilities", expected: "at least one finite probability")
    }
    return samples
  }

  private static func edges(_ binning: Binning, _ values: [Double]) -> [Double] {
    let places = (0...binning.count).map { Double($0) / Double(binning.count) }
    guard case .quantile = binning else { return places }
    let sorted = values.sorted()
    return places.map { part in
      let place = part * Double(sorted.count - 1)
      let index = min(Int(place), sorted.count - 1)
      let next = sorted[min(index + 1, sorted.count - 1)]
      return sorted[index] + (next - sorted[index]) * (place - Double(index))
    }
  }
}

extension ArraySlice<Double> {
  /// Returns how many numbers of an ascending list are smaller than `value`.
  fileprivate func countBelow(_ value: Double) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low - startIndex
  }
}

import GliaCore

/// The expected calibration error, the mean difference between predicted probabilities and observed frequencies:
/// Σ nᵦ/n |frequencyᵦ - confidenceᵦ| over the bins b.
///
/// Samples are grouped into ``bins`` of equal width by their predicted probability. For two classes, it is the probability of
/// the second one, compared with the frequency of that class; for more classes, it is the largest probability, compared with
/// the accuracy. With several labels per sample, the error is averaged over the labels. Of targets that are
/// probabilities, the mean takes the place of the frequency. If an output is not a probability, the error is NaN.
///
/// Source: Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning" (2015), for two
/// classes; Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks" (2017), for more.
public struct ExpectedCalibrationError: Metric {
  public static let name = "expected_calibration_error"
  public static let aliases = ["ece"]
  public static let summary = "the mean difference between predicted probabilities and observed frequencies"
  private static let mostBins = 10_000
  /// The number of bins.
  public var bins = 15
  public var higherIsBetter: Bool { false }

  /// Creates a metric with 15 bins.
  public init() {}
  /// Creates a metric with the given number of bins.
  public init(bins: Int) { self.bins = bins }

  public func validate() throws {
    try require(
      bins >= 1 && bins <= Self.mostBins, "bins", bins, expected: "a whole number from 1 to \(Self.mostBins)")
  }

  public func checkEncoding(_ encoding: TargetEncoding) throws {
    try requireProbabilities(encoding, instead: "use mean_absolute_error instead")
  }

  public func value(of predictions: Predictions) -> Double {
    let width = predictions.width
    guard predictions.isMultiLabel || predictions.classCount == 2 else {
      return error(predictions) { row in
        let columns = row * width..<(row + 1) * width
        // NaN, which is not comparable, would be lost in the maximum.
        guard columns.allSatisfy({ predictions.probability($0) >= 0 }) else { return (.nan, 0) }
        let confidence = columns.reduce(0) { max($0, predictions.probability($1)) }
        return (confidence, predictions.predictedClass(row).map { predictions.target(row, $0) } ?? 0)
      }
    }
    let columns = predictions.comparedColumns
    let errors = columns.map { column in
      error(predictions) { (predictions.probability($0 * width + column), predictions.target($0, column)) }
    }
    return errors.reduce(0, +) / Double(errors.count)
  }

  /// Returns the error of the probabilities for the events that they predict.
  private func error(
    _ predictions: Predictions, _ forecast: (_ row: Int) -> (probability: Double, target: Double)
  ) -> Double {
    // The weighted sums of frequency - confidence.
    var differences = [Double](repeating: 0, count: bins)
    var total = 0.0
    for row in 0..<predictions.rows {
      let weight = predictions.weight(row)
      guard weight > 0 else { continue }
      let (probability, target) = forecast(row)
      guard probability >= 0 else { return .nan }
      let bin = min(max(Int((probability * Double(bins)).rounded(.up)) - 1, 0), bins - 1)
      differences[bin] += weight * (target - probability)
      total += weight
    }
    return differences.reduce(0) { $0 + $1.magnitude } / total
  }
}

extension Metric where Self == ExpectedCalibrationError {
  /// The expected calibration error with 15 bins.
  public static var expectedCalibrationError: ExpectedCalibrationError { ExpectedCalibrationError() }
  /// The expected calibration error with the given number of bins.
  public static func expectedCalibrationError(bins: Int) -> ExpectedCalibrationError {
    ExpectedCalibrationError(bins: bins)
  }
}

import GliaCore
import RealModule

/// The residuals of a regression: the differences between actual and predicted values.
///
/// ```swift
/// let residuals = try Residuals(actual: [1, 2, 3, 4], predicted: [1, 2, 2, 5])
/// residuals.values  // [0, 0, 1, -1]
/// residuals.r2      // 0.6
/// ```
public struct Residuals: Hashable, Sendable {
  /// The actual values of the finite samples.
  public let actual: [Double]
  /// The predicted values of the same samples.
  public let predicted: [Double]
  /// The residuals, actual − predicted.
  public let values: [Double]
  /// The number of samples skipped because a value is not finite.
  public let skipped: Int
  /// The coefficient of determination, 1 − Σ (y − ŷ)² / Σ (y − ȳ)². If y is constant, it is 1 for exact predictions and
  /// 0 otherwise.
  public let r2: Double
  /// The root mean squared error, √ of the mean of (y − ŷ)².
  public let rootMeanSquaredError: Double
  /// The mean absolute error, the mean of |y − ŷ|.
  public let meanAbsoluteError: Double
  /// The bias, the mean of y − ŷ.
  public let bias: Double
  /// The standard deviation σ of y − ŷ around its mean.
  public let deviation: Double

  /// Compares values with their predictions. Throws an error when these differ in number or when no sample is finite.
  public init(actual: [Float], predicted: [Float]) throws {
    try self.init(exact: actual.map(Double.init), predicted: predicted.map(Double.init))
  }

  /// Compares values in double precision, such as timestamps, with their predictions.
  public init(exact actual: [Double], predicted: [Double]) throws {
    guard actual.count == predicted.count else {
      throw GliaError(
        "\(predicted.count) predictions do not fit \(actual.count) targets", at: "predicted",
        expected: "one prediction for every target")
    }
    let pairs = zip(actual, predicted).filter { $0.isFinite && $1.isFinite }
    guard !pairs.isEmpty else {
      throw GliaError(
        actual.isEmpty ? "there are no samples" : "none of the \(actual.count) samples is finite", at: "predicted",
        expected: "at least one sample with a finite target and prediction")
    }
    let (wanted, given) = (pairs.map(\.0), pairs.map(\.1))
    let values = zip(wanted, given).map { $0 - $1 }
    let count = Double(values.count)
    let squares = values.reduce(0) { $0 + $1 * $1 }
    let spread = wanted.squaredSpread
    (self.actual, self.predicted, self.values) = (wanted, given, values)
    skipped = actual.count - pairs.count
    r2 = spread > 0 ? 1 - squares / spread : squares == 0 ? 1 : 0
    rootMeanSquaredError = (squares / count).squareRoot()
    meanAbsoluteError = values.reduce(0) { $0 + abs($1) } / count
    bias = values.reduce(0, +) / count
    deviation = (values.squaredSpread / count).squareRoot()
  }

  /// The number of samples.
  public var count: Int { values.count }

  /// The least-squares line of the predictions over the actual values, ŷ ≈ intercept + slope · y; `nil` if the actual
  /// values are constant. A slope below 1 means that predictions are closer to the mean than the actual values.
  public var bestFit: (slope: Double, intercept: Double)? {
    let spread = actual.squaredSpread
    guard spread > 0, let origin = (actual.first.flatMap { a in predicted.first.map { (a, $0) } }) else { return nil }
    let means = (
      actual.reduce(0) { $0 + ($1 - origin.0) } / Double(count),
      predicted.reduce(0) { $0 + ($1 - origin.1) } / Double(count)
    )
    let products = zip(actual, predicted).reduce(0) { $0 + ($1.0 - origin.0 - means.0) * ($1.1 - origin.1 - means.1) }
    let slope = products / spread
    return (slope, origin.1 + means.1 - slope * (origin.0 + means.0))
  }
}

extension [Double] {
  /// The sum of squared distances from the mean, which is exactly 0 for equal numbers.
  fileprivate var squaredSpread: Double {
    guard let first else { return 0 }
    let mean = reduce(0) { $0 + ($1 - first) } / Double(count)
    return reduce(0) { $0 + ($1 - first - mean) * ($1 - first - mean) }
  }
}

/// A histogram with bins of equal width.
///
/// The bin width is 2 IQR / ∛n (D. Freedman and P. Diaconis, "On the histogram as a density estimator", 1981), limited
/// to 8 to 60 bins.
struct Histogram {
  let low: Double
  let high: Double
  let counts: [Int]

  /// Creates the histogram of finite numbers; if all are equal, it is one bar that is visible on `scale`.
  init(_ values: [Double], on scale: Scale) {
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last, last > first else {
      let only = sorted.first ?? 0
      let reach = (scale.high - scale.low) / 40
      (low, high, counts) = (only - reach, only + reach, [sorted.count])
      return
    }
    (low, high) = (first, last)
    let spread = sorted[(sorted.count - 1) * 3 / 4] - sorted[(sorted.count - 1) / 4]
    let width = 2 * spread / Double.root(Double(sorted.count), 3)
    let wanted = width > 0 ? ((last - first) / width).rounded(.up) : 60
    let count = Int(min(max(wanted.isFinite ? wanted : 60, 8), 60))
    var counts = [Int](repeating: 0, count: count)
    for value in sorted {
      counts[min(Int((value - first) / (last - first) * Double(count)), count - 1)] += 1
    }
    self.counts = counts
  }

  /// Returns the lower edge of bin `index`.
  func edge(_ index: Int) -> Double { low + (high - low) * Double(index) / Double(counts.count) }
}

import GliaCore
import RealModule

/// Replaces each value by its rank in the training part: uniform on [0, 1], or with `"output": "normal"` the standard normal
/// quantile of that rank. Outliers and skewed distributions disappear; the order of values stays.
///
/// Between the quantiles ranks are interpolated; of equal quantiles, the middle counts. Values outside the training range get
/// the rank of its ends; normal values are within ±5.2.
///
/// Source: Bolstad, Irizarry, Åstrand and Speed, "A comparison of normalization methods" (2003).
public struct QuantileTransform: FeaturewisePreprocessor {
  /// The distribution of the results.
  public enum Output: String, Choice {
    /// Uniform on [0, 1].
    case uniform
    /// Normal with mean 0 and standard deviation 1.
    case normal
  }

  public static let name = "quantile"
  public static let summary = "each value's rank in the training part, uniform or normal"
  public var columns: [String] = []
  /// The most quantiles that are kept of each feature.
  public var quantiles = 1000
  /// The distribution of the results.
  public var output = Output.uniform

  /// Creates the transform of all features with more than two values.
  public init() {}
  /// Creates the transform of the given features.
  public init(columns: [String], quantiles: Int = 1000, output: Output = .uniform) {
    (self.columns, self.quantiles, self.output) = (columns, quantiles, output)
  }

  public func validate() throws {
    try require(2...100_000 ~= quantiles, "quantiles", quantiles, expected: "a whole number from 2 to 100,000")
  }

  public func fit(_ feature: Feature) -> [Double] {
    let count = max(min(quantiles, feature.known.count), 2)
    return feature.quantiles((0..<count).map { Double($0) / Double(count - 1) })
  }

  public func apply(_ learned: [Double], to feature: Feature) -> [Feature] {
    [
      feature.map { x in
        let rank = Self.rank(of: x, in: learned)
        return output == .uniform ? rank : Self.normal(rank)
      }
    ]
  }

  /// Returns the rank of `x`, from 0 to 1, among ascending quantiles.
  private static func rank(of x: Double, in quantiles: [Double]) -> Double {
    guard !x.isNaN, let first = quantiles.first, let last = quantiles.last, quantiles.count > 1 else { return .nan }
    guard last > first else { return x < first ? 0 : x > last ? 1 : 0.5 }
    if x <= first, quantiles[1] > first || x < first { return 0 }
    if x >= last, quantiles[quantiles.count - 2] < last || x > last { return 1 }
    let end = Double(quantiles.count - 1)
    // The number of quantiles below x, and the number that are not above it.
    let below = quantiles.partitioningIndex { $0 >= x }
    let through = quantiles.partitioningIndex { $0 > x }
    if below < through { return Double(below + through - 1) / 2 / end }
    guard below > 0, below < quantiles.count else { return .nan }
    let (a, b) = (quantiles[below - 1], quantiles[below])
    return (Double(below - 1) + (x - a) / (b - a)) / end
  }

  /// Returns the standard normal quantile of a rank, which is clipped to [1e-7, 1 - 1e-7].
  ///
  /// Source: Acklam, "An algorithm for computing the inverse normal cumulative distribution function" (2003), with one step of
  /// Halley's method, which makes it exact to double precision.
  static func normal(_ rank: Double) -> Double {
    guard !rank.isNaN else { return .nan }
    let p = min(max(rank, 1e-7), 1 - 1e-7)
    func polynomial(_ x: Double, _ coefficients: [Double]) -> Double { coefficients.reduce(0) { $0 * x + $1 } }
    var x: Double
    if min(p, 1 - p) < 0.02425 {
      let q = Double.sqrt(-2 * .log(min(p, 1 - p)))
      x = polynomial(q, Normal.tailNumerator) / polynomial(q, Normal.tailDenominator)
      if p > 0.5 { x = -x }
    } else {
      let q = p - 0.5
      x = polynomial(q * q, Normal.middleNumerator) * q / polynomial(q * q, Normal.middleDenominator)
    }
    let error = 0.5 * Double.erfc(-x / 2.squareRoot()) - p
    let u = error * (2 * Double.pi).squareRoot() * .exp(x * x / 2)
    x -= u / (1 + x * u / 2)
    return x
  }
}

/// The coefficients of Acklam's rational approximation of the normal quantile (2003), from the highest power on.
package enum Normal {
  /// Below and above 0.02425 from an end, in q = √(-2 ln p).
  package static let tailNumerator = [
    -7.784894002430293e-3, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ]
  package static let tailDenominator = [
    7.784695709041462e-3, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1,
  ]
  /// Between the tails, in (p - ½)².
  package static let middleNumerator = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.3577518672690, -30.66479806614716,
    2.506628277459239,
  ]
  package static let middleDenominator = [
    -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1,
  ]
}

extension [Double] {
  /// Returns the first index whose element satisfies `predicate`, which all later ones satisfy as well; `endIndex` if none does.
  fileprivate func partitioningIndex(where predicate: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

import GliaCore

/// Wilcoxon's signed-rank test of two methods on the same problems, or with the same seeds.
///
/// The differences dᵢ = aᵢ - bᵢ are ranked by their magnitude, equal ones sharing their average rank; W⁺ and W⁻ are the
/// sums of the ranks of positive and negative differences. Differences of zero are left out, the `zero_method` "wilcox". If
/// the methods are equally good, each difference is as likely to be positive as negative.
///
/// The p-value is exact for up to 25 differences: the share of all 2ⁿ choices of signs, given the ranks, also with ties. It
/// agrees with `scipy.stats.wilcoxon(a, b, method="exact")` without ties or zeros, and with `method=PermutationMethod()` of
/// all choices otherwise. For more differences z = (W⁺ - n(n + 1)/4) / σ with σ² = (n(n + 1)(2n + 1) - ½ Σ(t³ - t)) / 24,
/// corrected for groups of t ties, is compared with the normal distribution, as `method="asymptotic", correction=False`.
///
/// A score of infinity stands for a run that diverged. Its difference from a finite score has the largest magnitude; two
/// diverged runs have a difference of zero.
///
/// ```swift
/// let test = try WilcoxonTest([0.12, 0.15, 0.11, 0.2, 0.17], [0.1, 0.12, 0.1, 0.16, 0.12])
/// print(test.pValue)  // 0.0625
/// ```
///
/// Source: Wilcoxon, "Individual comparisons by ranking methods" (1945).
public struct WilcoxonTest: Hashable, Sendable {
  /// What the test looks for.
  public enum Alternative: Hashable, Sendable, CaseIterable {
    /// The methods differ.
    case twoSided
    /// The scores of the first method are smaller.
    case less
    /// The scores of the first method are larger.
    case greater
  }

  /// How the p-value is calculated.
  public enum Method: Hashable, Sendable, CaseIterable {
    /// Exact for up to 25 differences other than zero, else normal.
    case automatic
    /// From the distribution over all choices of signs.
    case exact
    /// From the normal distribution.
    case normal
  }

  private static let mostExact = 25
  private static let mostPossible = 500

  /// The number of differences other than zero.
  public let count: Int
  /// W⁺, the sum of the ranks of positive differences.
  public let positiveRanks: Double
  /// W⁻, the sum of the ranks of negative differences.
  public let negativeRanks: Double
  /// The p-value; 1 if there are no differences.
  public let pValue: Double
  /// The smaller of the sums of ranks, SciPy's two-sided statistic.
  public var statistic: Double { min(positiveRanks, negativeRanks) }

  /// Compares the scores of two methods, in the same order of problems.
  ///
  /// - Throws: `GliaError` if there are no scores or not equally many, if one of them is NaN or negative infinity, or if an
  ///   exact p-value of more than 500 differences is asked for.
  public init(
    _ first: [Double], _ second: [Double], alternative: Alternative = .twoSided, method: Method = .automatic
  ) throws {
    try Samples.requireScores(first, at: "first")
    try Samples.requireScores(second, at: "second")
    guard first.count == second.count else {
      throw GliaError(
        "\(first.count) scores of the first method and \(second.count) of the second", at: "second",
        expected: "a score of each method for each problem")
    }
    let differences = zip(first, second).filter { $0 != $1 }.map { $0 - $1 }
    let (ranks, groups) = Samples.ranks(differences.map(\.magnitude))
    positiveRanks = zip(differences, ranks).reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
    negativeRanks = zip(differences, ranks).reduce(0) { $1.0 < 0 ? $0 + $1.1 : $0 }
    count = differences.count
    let isExact = method == .exact || method == .automatic && count <= Self.mostExact
    try Samples.require(
      !isExact || count <= Self.mostPossible, "differences", count, expected: "at most 500 for an exact p-value")
    let tails =
      isExact
      ? Self.exactTails(positiveRanks, ranks: ranks) : Self.normalTails(positiveRanks, count: count, groups: groups)
    pValue =
      switch alternative {
      case .twoSided: min(1, 2 * min(tails.lower, tails.upper))
      case .less: tails.lower
      case .greater: tails.upper
      }
  }

  /// P(W ≤ w) and P(W ≥ w) over all choices of signs; twice an average rank is a whole number.
  private static func exactTails(_ sum: Double, ranks: [Double]) -> (lower: Double, upper: Double) {
    let doubled = ranks.map { Int(2 * $0) }
    var shares = [Double](repeating: 0, count: doubled.reduce(0, +) + 1)
    shares[0] = 1
    var most = 0
    for rank in doubled {
      most += rank
      for total in stride(from: most, through: 0, by: -1) {
        shares[total] = (shares[total] + (total >= rank ? shares[total - rank] : 0)) / 2
      }
    }
    let observed = Int(2 * sum)
    return (min(1, shares[...observed].reduce(0, +)), min(1, shares[observed...].reduce(0, +)))
  }

  /// P(W ≤ w) and P(W ≥ w) by the normal distribution, corrected for ties.
  private static func normalTails(_ sum: Double, count: Int, groups: [Int]) -> (lower: Double, upper: Double) {
    let n = Double(count)
    let variance = (n * (n + 1) * (2 * n + 1) - Samples.tieSum(groups) / 2) / 24
    guard variance > 0 else { return (1, 1) }
    let z = (sum - n * (n + 1) / 4) / variance.squareRoot()
    return (SpecialFunctions.normalCumulative(z), SpecialFunctions.normalCumulative(-z))
  }
}

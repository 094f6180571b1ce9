import GliaCore

/// Friedman's test of whether k methods differ on n problems, by their ranks.
///
/// With the sums Rⱼ of the ranks and groups of t equal scores on a problem,
/// χ² = (12 / (n k (k + 1)) Σ Rⱼ² - 3 n (k + 1)) / (1 - Σ(t³ - t) / (n k (k² - 1))), compared with the χ² distribution of
/// k - 1 degrees of freedom, as `scipy.stats.friedmanchisquare`. Iman and Davenport's
/// F = (n - 1) χ² / (n (k - 1) - χ²) with k - 1 and (k - 1)(n - 1) degrees of freedom is less conservative.
///
/// If all scores of every problem are equal, the statistics are 0 and the p-values 1.
///
/// Source: Friedman, "The use of ranks to avoid the assumption of normality" (1937); Iman and Davenport, "Approximations of
/// the critical region of the Friedman statistic" (1980).
public struct FriedmanTest: Hashable, Sendable {
  /// The average rank of each method, 1 for one that is best on every problem.
  public let averageRanks: [Double]
  /// Friedman's statistic χ².
  public let statistic: Double
  /// The p-value of Friedman's statistic.
  public let pValue: Double
  /// Iman and Davenport's statistic F; infinite if the ranks are the same on every problem.
  public let imanDavenport: Double
  /// The p-value of Iman and Davenport's statistic.
  public let imanDavenportPValue: Double

  /// Compares the methods of a table.
  public init(_ table: ScoreTable) {
    let (n, k) = (Double(table.problems), Double(table.methods))
    averageRanks = table.averageRanks
    let correction = 1 - table.tieSum / (n * k * (k * k - 1))
    let deviations = table.rankSums.reduce(0) { $0 + ($1 - n * (k + 1) / 2) * ($1 - n * (k + 1) / 2) }
    // Sums of ranks are exact multiples of ½: without any differences the deviations are 0, as is the correction.
    statistic = deviations == 0 ? 0 : 12 * deviations / (n * k * (k + 1)) / correction
    pValue = Distributions.chiSquaredSurvival(statistic, degrees: k - 1)
    let rest = n * (k - 1) - statistic
    imanDavenport = rest > 1e-12 * n * k ? (n - 1) * statistic / rest : .infinity
    imanDavenportPValue = Distributions.fisherSurvival(imanDavenport, k - 1, (k - 1) * (n - 1))
  }
}

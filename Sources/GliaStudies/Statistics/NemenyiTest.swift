import GliaCore

/// Nemenyi's test of every pair of k methods on n problems, after Friedman's test has found a difference.
///
/// The difference of two average ranks is divided by √(k (k + 1) / (6n)) and compared with the studentized range
/// distribution of k groups and infinite degrees of freedom, divided by √2, as `posthoc_nemenyi_friedman` of scikit-posthocs.
///
/// Source: Nemenyi, "Distribution-free multiple comparisons" (1963); Demšar, "Statistical comparisons of classifiers over
/// multiple data sets" (2006).
public struct NemenyiTest: Hashable, Sendable {
  /// The p-value of each pair of methods, a symmetric matrix with ones on the diagonal.
  public let pValues: [[Double]]

  /// Compares the methods of a table.
  public init(_ table: ScoreTable) {
    let (n, k) = (Double(table.problems), Double(table.methods))
    let unit = (k * (k + 1) * n / 12).squareRoot()
    pValues = table.matrix { differences in
      differences.map { Distributions.studentizedRangeSurvival($0 / unit, groups: table.methods) }
    }
  }

  /// Returns the critical difference CD = q √(k (k + 1) / (6n)): methods whose average ranks differ by at least CD are
  /// significantly different at level `alpha`; q is the critical value of the studentized range divided by √2.
  ///
  /// - Throws: `GliaError` if there are fewer than two methods or no problems, or if `alpha` is not between 1e-12 and 1.
  public static func criticalDifference(methods: Int, problems: Int, alpha: Double = 0.05) throws -> Double {
    try Samples.require(2...1_000_000 ~= methods, "methods", methods, expected: "a whole number from 2 to 1000000")
    try Samples.require(problems >= 1, "problems", problems, expected: "a whole number of at least 1")
    let (n, k) = (Double(problems), Double(methods))
    let q = try Distributions.studentizedRangeCritical(alpha, groups: methods)
    return q * (k * (k + 1) / (12 * n)).squareRoot()
  }
}

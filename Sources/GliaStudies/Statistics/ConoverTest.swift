import GliaCore

/// Conover's test of every pair of k methods on n problems, after Friedman's test has found a difference; more powerful than
/// Nemenyi's.
///
/// With the ranks r, their sums Rⱼ, S² = (Σ r² - n k (k + 1)² / 4) / (k - 1), Friedman's χ² = Σ (Rⱼ - n (k + 1) / 2)² / S² and
/// ν = (n - 1)(k - 1), t = |Rᵢ - Rⱼ| / √(2 n (k - 1) S² / ν · (1 - χ² / (n (k - 1)))) is compared with Student's t
/// distribution with ν degrees of freedom, as `posthoc_conover_friedman` of scikit-posthocs.
///
/// If the ranks are the same on every problem, the p-values of different methods are 0; methods with equal sums have 1.
///
/// Source: Conover and Iman, "On multiple-comparisons procedures" (1979); Conover, "Practical nonparametric statistics" (1999).
public struct ConoverTest: Hashable, Sendable {
  /// How the p-values are corrected for the number of pairs.
  public enum Correction: Hashable, Sendable, CaseIterable {
    /// Not at all.
    case none
    /// By ``HolmCorrection``.
    case holm
  }

  /// The p-value of each pair of methods, a symmetric matrix with ones on the diagonal.
  public let pValues: [[Double]]

  /// Compares the methods of a table.
  ///
  /// - Throws: `GliaError` if the ranks are the same on every problem: the test divides by their variance.
  public init(_ table: ScoreTable, correction: Correction = .holm) throws {
    let (n, k) = (Double(table.problems), Double(table.methods))
    let degrees = (n - 1) * (k - 1)
    // n (k - 1) S²: the sum of the squared deviations of all ranks, times n.
    let spread = n * table.ranks.joined().reduce(0) { $0 + ($1 - (k + 1) / 2) * ($1 - (k + 1) / 2) }
    let between = table.rankSums.reduce(0) { $0 + ($1 - n * (k + 1) / 2) * ($1 - n * (k + 1) / 2) }
    let variance = max(0, 2 * (spread - between) / degrees)
    guard variance > 1e-12 * spread || between == 0 else {
      throw GliaError(
        "the ranks are the same on every problem, so their variance is 0", at: "table",
        expected: "problems with different ranks", remedy: "use NemenyiTest, or more problems")
    }
    pValues = try table.matrix { differences in
      let values = differences.map { difference in
        difference == 0
          ? 1 : Distributions.studentTwoSided(difference / variance.squareRoot(), degrees: degrees)
      }
      return correction == .holm ? try HolmCorrection.corrected(values) : values
    }
  }
}

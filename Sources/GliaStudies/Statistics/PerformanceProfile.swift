import GliaCore

/// Performance profiles: for each method, the fraction of problems that it solves within a factor τ of the best method.
///
/// With the cost t of method s on problem p, r = t / (min over the methods of t) and ρₛ(τ) = |{p : r ≤ τ}| / n. ρₛ(1) is the
/// fraction of problems on which the method is best; for large τ, ρₛ is the fraction that it solves at all. A cost of infinity
/// stands for a failure, which no factor reaches. If the best cost of a problem is 0, methods with a cost of 0 have the factor
/// 1 and all others fail.
///
/// Source: Dolan and Moré, "Benchmarking optimization software with performance profiles" (2002).
public struct PerformanceProfile: Hashable, Sendable {
  /// The factor r of each method on each problem, by problem and method.
  public let factors: [[Double]]

  /// Creates the profiles of the methods of a table of costs.
  ///
  /// - Throws: `GliaError` if a cost is negative.
  public init(_ costs: ScoreTable) throws {
    factors = try costs.rows.enumerated().map { index, row in
      guard row.allSatisfy({ $0 >= 0 }), let best = row.min() else {
        throw GliaError(
          "a negative cost", at: "rows.\(index)", expected: "costs of at least 0, such as times, steps or losses",
          remedy: "compare methods by costs rather than by gains")
      }
      return row.map { $0.isInfinite ? .infinity : $0 == best ? 1 : $0 / best }
    }
  }

  /// Returns ρ(τ) of each method, the fraction of problems it solves within a factor of `factor` of the best.
  ///
  /// - Throws: `GliaError` if the factor is not a number of at least 1.
  public func solved(within factor: Double) throws -> [Double] {
    try Samples.require(factor >= 1 && factor.isFinite, "factor", factor, expected: "a number of at least 1")
    return factors[0].indices.map { method in
      Double(factors.count { $0[method] <= factor }) / Double(factors.count)
    }
  }

  /// Returns the steps of the curve ρ of a method: the factors at which it rises, in ascending order, and its value from
  /// there on.
  ///
  /// - Throws: `GliaError` if there is no such method.
  public func steps(of method: Int) throws -> [(factor: Double, solved: Double)] {
    try Samples.require(
      factors[0].indices ~= method, "method", method, expected: "a whole number from 0 to \(factors[0].count - 1)")
    let sorted = factors.map { $0[method] }.filter(\.isFinite).sorted()
    return sorted.indices.compactMap { index in
      guard index + 1 == sorted.count || sorted[index + 1] > sorted[index] else { return nil }
      return (sorted[index], Double(index + 1) / Double(factors.count))
    }
  }
}

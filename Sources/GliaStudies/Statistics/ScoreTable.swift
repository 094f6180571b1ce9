import GliaCore

/// The scores of several methods on several problems: a row for each problem, a column for each method.
///
/// Smaller scores are better, such as losses and times; give a score such as an accuracy as its difference from 1. Infinity
/// stands for a run that diverged and ranks last.
public struct ScoreTable: Hashable, Sendable {
  /// The scores, by problem and method.
  public let rows: [[Double]]
  /// The ranks of the methods on each problem, 1 for the best; equal scores share their average rank.
  public let ranks: [[Double]]
  /// Σ (t³ - t) over the groups of t equal scores of all problems.
  let tieSum: Double

  /// The number of problems n.
  public var problems: Int { rows.count }
  /// The number of methods k.
  public let methods: Int
  /// The average rank of each method.
  public var averageRanks: [Double] { rankSums.map { $0 / Double(problems) } }
  /// The sum of the ranks of each method.
  var rankSums: [Double] {
    ranks.reduce([Double](repeating: 0, count: methods)) { sums, row in zip(sums, row).map { $0 + $1 } }
  }

  /// Creates a table from its rows.
  ///
  /// - Throws: `GliaError` if there are fewer than two problems or methods, if a row is longer or shorter than the first, or
  ///   if a score is NaN or negative infinity.
  public init(rows: [[Double]]) throws {
    guard rows.count >= 2 else {
      throw GliaError("\(rows.count) problem\(rows.count == 1 ? "" : "s")", at: "rows", expected: "at least 2")
    }
    methods = rows[0].count
    for (index, row) in rows.enumerated() {
      try Samples.requireScores(row, least: 2, at: "rows.\(index)")
      guard row.count == methods else {
        throw GliaError("\(row.count) scores", at: "rows.\(index)", expected: "\(methods), as in the first row")
      }
    }
    let ranked = rows.map(Samples.ranks)
    self.rows = rows
    ranks = ranked.map(\.ranks)
    tieSum = ranked.reduce(0) { $0 + Samples.tieSum($1.groups) }
  }

  /// Returns the symmetric matrix of the p-values that `pairs` returns for the pairs (0, 1), (0, 2), ..., (k - 2, k - 1), with
  /// ones on the diagonal.
  func matrix(_ pairs: (_ differences: [Double]) throws -> [Double]) rethrows -> [[Double]] {
    let places = (0..<methods).flatMap { i in (i + 1..<methods).map { (i, $0) } }
    let sums = rankSums
    let values = try pairs(places.map { abs(sums[$0] - sums[$1]) })
    var matrix = [[Double]](repeating: [Double](repeating: 1, count: methods), count: methods)
    for ((i, j), value) in zip(places, values) { (matrix[i][j], matrix[j][i]) = (value, value) }
    return matrix
  }
}

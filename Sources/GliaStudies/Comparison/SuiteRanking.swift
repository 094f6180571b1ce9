import GliaCore

/// The contenders of a suite by their average ranks over its problems, with tests of the differences.
///
/// Source: Demšar, "Statistical comparisons of classifiers over multiple data sets" (2006).
public struct SuiteRanking: Sendable {
  /// The median of the objective of every contender on every problem, lower is better; infinite where half of the runs or more
  /// diverged, and for contenders that took no part.
  public let scores: ScoreTable
  /// Friedman's test of whether there are any differences.
  public let friedman: FriedmanTest
  /// Nemenyi's test of every pair.
  public let nemenyi: NemenyiTest
  /// Conover's test of every pair, which finds more differences; nil if the ranks are the same on every problem.
  public let conover: ConoverTest?
  /// The difference of average ranks from which on Nemenyi's test finds a difference at 5 %.
  public let criticalDifference: Double
  /// The steps to the target of every contender on every problem with a target; nil if fewer than two problems have one.
  public let profile: PerformanceProfile?

  /// Ranks the results.
  ///
  /// - Parameter problems: the ranking of every problem and whether its objective has a target.
  /// - Throws: `GliaError` for fewer than two problems or contenders.
  public init(_ problems: [(ranking: StudyRanking, objective: ExperimentObjective, hasTarget: Bool)]) throws {
    func byContender(_ ranking: StudyRanking, _ value: (StudyRanking.Row) -> Double?) -> [Double] {
      ranking.rows.sorted { $0.index < $1.index }.map { value($0) ?? .infinity }
    }
    scores = try ScoreTable(
      rows: problems.map { ranking, objective, _ in
        byContender(ranking) { $0.median.map(objective.value(fromLower:)) }
      })
    friedman = FriedmanTest(scores)
    nemenyi = NemenyiTest(scores)
    conover = try? ConoverTest(scores)
    criticalDifference = try NemenyiTest.criticalDifference(methods: scores.methods, problems: scores.problems)
    let costs = problems.filter(\.hasTarget).map { byContender($0.ranking, \.stepsToTarget) }
    profile = costs.count > 1 ? try PerformanceProfile(ScoreTable(rows: costs)) : nil
  }
}

import GliaCore
import GliaSearch
import RealModule

/// The tree-structured Parzen estimator: models where the good trials lie and where the others do, and tries what is much more
/// likely among the good ones.
///
/// Of n trials, the best min(⌈n/10⌉, 25) are good. Of `candidates` points drawn from the density l of the good ones, the next
/// trial is that with the highest l/g, where g is the density of the others, including the trials that are still running. A
/// good trial counts in proportion to how much better it is than the others; of the others, recent ones count more. A setting
/// with a condition is learned from the trials of which it is a part.
///
/// Sources: Bergstra, Bardenet, Bengio and Kégl, "Algorithms for hyper-parameter optimization" (2011), section 4; Watanabe,
/// "Tree-structured Parzen estimator: understanding its algorithm components and their roles for better empirical performance"
/// (2023), for the weights and the least width of kernels.
public struct TPESearch: SearchStrategy {
  public static let name = "tpe"
  public static let aliases = ["parzen"]
  public static let summary = "tree-structured Parzen estimator"
  /// The number of trials before the densities are used.
  public var startupTrials = 10
  /// The number of points among which the next trial is chosen.
  public var candidates = 24
  /// Whether the densities are those of all settings together, rather than of each setting alone.
  public var multivariate = true
  /// How many trials may run at the same time.
  public var concurrency: Int? = 4

  /// Creates a search with 10 startup trials, of which up to 4 trials run at the same time.
  public init() {}
  /// Creates a search.
  public init(startupTrials: Int = 10, candidates: Int = 24, multivariate: Bool = true, concurrency: Int = 4) {
    (self.startupTrials, self.candidates) = (startupTrials, candidates)
    (self.multivariate, self.concurrency) = (multivariate, concurrency)
  }

  public func validate() throws {
    try require(startupTrials >= 1, "startup_trials", startupTrials, expected: "a whole number above 0")
    try require(1...10_000 ~= candidates, "candidates", candidates, expected: "a whole number from 1 to 10,000")
    try requireConcurrency(concurrency)
  }

  public func propose(_ number: Int, of search: SearchContext) throws -> [Double] {
    let known = search.observations
    guard number > startupTrials, known.count > 1 else {
      return RandomSearch().propose(number, of: search)
    }
    let coordinates = SearchCoordinates(search.space)
    let ranked = known.indices.sorted { (known[$0].value, $0) < (known[$1].value, $1) }
    let count = min((known.count + 9) / 10, 25)
    let good = Set(ranked.prefix(count))
    let bound = known[ranked[min(count, ranked.count - 1)]].value
    let points = known.map(\.point) + search.pending
    let active = points.map(coordinates.active)
    let all = Array(coordinates.isOrdered.indices)
    let models = (multivariate ? [all] : all.map { [$0] }).map { group in
      // Without conditions, every trial is part of every group.
      let own = points.indices.filter { index in group.contains { active[index][$0] } }
      func density(_ indices: [Int], _ weights: [Double]) -> ParzenEstimator {
        let kernels = group.map { k in
          ParzenKernels(
            indices.map { active[$0][k] ? points[$0][k] : nil },
            categories: coordinates.isOrdered[k] ? nil : search.space.dimensions[k].count)
        }
        return ParzenEstimator(kernels, weights: weights)
      }
      let (better, others) = (own.filter(good.contains), own.filter { !good.contains($0) })
      return (
        group: group, good: density(better, Self.weights(of: better.map { bound - known[$0].value })),
        others: density(others, Self.weights(others.count))
      )
    }
    var random = search.random(number)
    return models.flatMap { group, good, others in
      var best: (drawn: [Double], score: Double)?
      for _ in 0..<candidates {
        let drawn = zip(group, good.draw(using: &random)).map { coordinates.rounded($0, $1) }
        let isActive = multivariate ? coordinates.active(at: drawn) : [true]
        let own = zip(isActive, drawn).map { $0 ? $1 : nil }
        let score = good.logDensity(own) - others.logDensity(own)
        if best.map({ score > $0.score }) ?? true { best = (drawn, score) }
      }
      return best?.drawn ?? group.map { _ in 0.5 }
    }
  }

  /// Returns weights in proportion to improvements, with a mean of 1; equal ones if there are none.
  private static func weights(of improvements: [Double]) -> [Double] {
    let mean = improvements.reduce(0, +) / Double(max(improvements.count, 1))
    guard mean > 0, mean.isFinite else { return improvements.map { _ in 1 } }
    return improvements.map { $0 / mean }
  }

  /// Returns the weights of observations: 1 for the last 25, and less for earlier ones.
  private static func weights(_ count: Int) -> [Double] {
    let early = max(count - 25, 0)
    return (0..<count).map { index in
      guard index < early, early > 1 else { return 1 }
      let first = 1 / Double(count)
      return first + (1 - first) * Double(index) / Double(early - 1)
    }
  }
}

extension SearchStrategy where Self == TPESearch {
  /// The tree-structured Parzen estimator.
  public static func tpe(
    startupTrials: Int = 10, candidates: Int = 24, multivariate: Bool = true, concurrency: Int = 4
  ) -> TPESearch {
    TPESearch(
      startupTrials: startupTrials, candidates: candidates, multivariate: multivariate, concurrency: concurrency)
  }
}

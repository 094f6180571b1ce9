import GliaCore

/// A rule that chooses the points of a search space to try.
///
/// A search yields the same trials for any number of jobs. A strategy that learns from results therefore always waits for the
/// same ones: while `concurrency` trials may run, trial n is proposed from the results of the trials up to n - `concurrency`,
/// whatever else has ended; of the other earlier trials it sees only the points.
///
/// ```swift
/// struct Center: SearchStrategy {
///   static let name = "center"
///   func propose(_ number: Int, of search: SearchContext) -> [Double] { search.space.dimensions.map { _ in 0.5 } }
/// }
/// ```
public protocol SearchStrategy: Component {
  /// How many trials may run at the same time; nil if it learns nothing from results, so that there is no limit.
  var concurrency: Int? { get }
  /// Returns the number of trials after which it has nothing more to propose; nil if there is no end.
  func length(in space: SearchSpace) -> Int?
  /// Returns the point of trial `number`: a coordinate in [0, 1) for each dimension of the space.
  ///
  /// The result depends on the arguments alone; random numbers come from ``SearchContext/random(_:)``.
  ///
  /// - Throws: `GliaError` for a space that the strategy cannot search.
  func propose(_ number: Int, of search: SearchContext) throws -> [Double]
}

extension SearchStrategy {
  /// The kind `search_strategy`.
  public static var kind: ComponentKind { .searchStrategy }
  /// Nil: no limit.
  public var concurrency: Int? { nil }
  /// Nil: no end.
  public func length(in space: SearchSpace) -> Int? { nil }
}

extension ComponentKind {
  /// Rules that choose the settings to try.
  public static let searchStrategy = ComponentKind(rawValue: "search_strategy")
}

/// What a strategy knows when it proposes a trial.
public struct SearchContext: Sendable {
  /// The search space.
  public let space: SearchSpace
  /// The seed of the search.
  public let seed: UInt64
  /// The trials with known results, in order of their numbers.
  public let finished: [FinishedTrial]
  /// The points of the later trials that precede the proposed one, in order; their results are not known.
  public let pending: [[Double]]

  /// Creates what a strategy knows.
  public init(space: SearchSpace, seed: UInt64, finished: [FinishedTrial] = [], pending: [[Double]] = []) {
    (self.space, self.seed, self.finished, self.pending) = (space, seed, finished, pending)
  }

  /// Returns the generator of random numbers for trial `number`.
  public func random(_ number: Int) -> Random { Random(seed: seed, UInt64(max(number, 0))) }
}

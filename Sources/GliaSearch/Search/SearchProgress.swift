import GliaCore

/// Which trials of a search have been started and finished: what determines which trial starts when, and what it knows.
struct SearchProgress {
  let space: SearchSpace
  let strategy: any SearchStrategy
  let pruner: (any Pruner)?
  let seed: UInt64
  /// The number of trials.
  let trials: Int
  /// The finished trials by number.
  private(set) var finished: [Int: FinishedTrial]
  /// The points of all trials that have been started or finished.
  private var points: [Int: [Double]]
  /// The number of the last trial before the first one that is not finished.
  private(set) var frontier = 0
  /// The number of the last trial that was started in this run, or skipped because it was finished.
  private var started = 0

  init(
    space: SearchSpace, strategy: any SearchStrategy, pruner: (any Pruner)?, seed: UInt64, trials: Int,
    finished: [FinishedTrial]
  ) {
    (self.space, self.strategy, self.pruner, self.seed, self.trials) = (space, strategy, pruner, seed, trials)
    self.finished = Dictionary(finished.map { ($0.number, $0) }) { first, _ in first }
    points = self.finished.mapValues(\.point)
    advance()
  }

  /// How many trials may run at the same time; nil for any number.
  var concurrency: Int? { [strategy.concurrency, pruner?.concurrency].compactMap(\.self).min() }

  /// Records a trial.
  mutating func record(_ trial: FinishedTrial) {
    finished[trial.number] = trial
    advance()
  }

  private mutating func advance() {
    while finished[frontier + 1] != nil { frontier += 1 }
  }

  /// The number of the next trial to start; nil if every trial has been started.
  var next: Int? {
    var number = started + 1
    while finished[number] != nil { number += 1 }
    return number <= trials ? number : nil
  }

  /// Whether the results are known that trial `number` depends on.
  func canStart(_ number: Int) -> Bool { concurrency.map { number - $0 <= frontier } ?? true }

  /// What the strategy knows when it proposes trial `number`.
  func context(of number: Int) -> SearchContext {
    let pending =
      strategy.concurrency.map { lag in (max(1, number - lag + 1)..<max(number, 1)).map { points[$0] ?? [] } } ?? []
    return SearchContext(
      space: space, seed: seed, finished: known(to: number, concurrency: strategy.concurrency), pending: pending)
  }

  /// Records that trial `number` starts at `point`.
  mutating func start(_ number: Int, at point: [Double]) {
    points[number] = point
    started = number
  }

  /// Returns the finished trials that are known to trial `number`, in order.
  func known(to number: Int, concurrency: Int?) -> [FinishedTrial] {
    guard let concurrency, number > concurrency else { return [] }
    return (1...number - concurrency).compactMap { finished[$0] }
  }
}

extension SearchStrategy {
  /// Returns the point of trial `number`, with the coordinates of its values; throws if the proposal is no point.
  func point(_ number: Int, of search: SearchContext) throws -> [Double] {
    let proposal = try propose(number, of: search)
    let space = search.space
    guard proposal.count == space.dimensions.count, proposal.allSatisfy({ 0..<1 ~= $0 }) else {
      throw GliaError(
        "the strategy '\(Self.name)' proposed \("\(proposal)".excerpt) as trial \(number)",
        expected: "\(space.dimensions.count.counted("coordinate")) in [0, 1)")
    }
    // Values are rounded, and their coordinates are what a resumed search knows.
    return try space.point(of: space.values(at: proposal))
  }
}

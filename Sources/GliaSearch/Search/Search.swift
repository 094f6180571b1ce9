import GliaCore

/// A search for the best settings: a loop that its user drives, observes, and may leave after any trial.
///
/// ```swift
/// var search = try Search(space, strategy: .bayesian(), trials: 50, jobs: 2) { trial in
///   try loss(of: experiment, with: trial.values)   // to be minimized
/// }
/// while let trial = try search.next() { print(trial.number, trial.value ?? .nan) }
/// print(search.best?.values ?? [:])
/// ```
///
/// The objective runs on up to `jobs` threads. The trials are the same for any number of jobs, and if there is a log, a resumed
/// search has the same trials as an uninterrupted one.
public struct Search: ~Copyable {
  /// The search space.
  public let space: SearchSpace
  /// The number of trials.
  public let trials: Int
  /// Called while waiting for a trial; `true` ends the search. Trials that are still running are abandoned, and repeated by a
  /// search that is resumed from the log.
  public var isInterrupted: (@Sendable () -> Bool)?

  private let runner: SearchRunner

  /// Creates a search, which begins with the first call of ``next()``.
  ///
  /// - Parameters:
  ///   - space: the settings to vary.
  ///   - strategy: chooses the settings of each trial.
  ///   - trials: the number of trials; nil for all that the strategy has to propose. A grid may have fewer.
  ///   - seed: the seed of the strategy's random numbers.
  ///   - pruner: stops trials that are unlikely to become the best; nil for none.
  ///   - jobs: how many trials run at the same time; strategies and pruners that learn from results limit it.
  ///   - path: a file to which every finished trial is written. If it exists, the search is resumed from it.
  ///   - subject: what is searched, such as an experiment; a log of another subject is refused.
  ///   - objective: returns the value of a trial, to be minimized; it is called on other threads. A trial fails if it throws or
  ///     returns a value that is not finite.
  /// - Throws: `GliaError` for settings out of range, a number of trials that is not positive, and a log of another search.
  public init(
    _ space: SearchSpace, strategy: some SearchStrategy, trials: Int? = nil, seed: UInt64 = 0,
    pruner: (any Pruner)? = nil, jobs: Int = 1, log path: String? = nil, of subject: JSON = .null,
    objective: @escaping @Sendable (Trial) throws -> Double
  ) throws {
    try GliaError.locating("strategy", strategy.checkSettings)
    if let pruner { try GliaError.locating("pruner", pruner.checkSettings) }
    for concurrency in [strategy.concurrency, pruner?.concurrency].compactMap(\.self) where concurrency < 1 {
      throw GliaError(
        "\(concurrency) trials at the same time", at: "concurrency", expected: "a whole number of 1 or more")
    }
    guard 1...1024 ~= jobs else {
      throw GliaError("\(jobs) jobs", at: "jobs", expected: "a whole number from 1 to 1,024")
    }
    guard let count = [trials, strategy.length(in: space)].compactMap(\.self).min() else {
      throw GliaError(
        "the strategy '\(type(of: strategy).name)' has no end", at: "trials", expected: "a number of trials",
        remedy: "give the number of trials")
    }
    guard 1...1_000_000 ~= count else {
      throw GliaError("\(count) trials", at: "trials", expected: "a whole number from 1 to 1,000,000")
    }
    let settings = try TrialLog.settings(space: space, strategy: strategy, pruner: pruner, seed: seed, subject)
    let earlier = try path.flatMap { try TrialLog.earlier(at: $0, settings) }
    let log = try path.map { path in
      let lines = earlier?.lines ?? [settings.compact]
      return try TextLog(path: path, beginning: lines.map { $0 + "\n" }.joined())
    }
    let progress = SearchProgress(
      space: space, strategy: strategy, pruner: pruner, seed: seed, trials: count, finished: earlier?.trials ?? [])
    (self.space, self.trials) = (space, count)
    runner = SearchRunner(progress, log: log, jobs: jobs, objective: objective)
  }

  deinit { runner.end() }

  /// The finished trials, in order of their numbers, including those of the log.
  public var finished: [FinishedTrial] { runner.finished }
  /// The trial with the lowest value so far, the first of several; nil if no trial has a value.
  public var best: FinishedTrial? { finished.best }

  /// Returns the next trial in order of their numbers, once it is finished; nil if all are, or when the search is interrupted.
  /// Trials of the log are not returned again.
  ///
  /// - Throws: `GliaError` if the strategy cannot propose a trial, or the log cannot be written.
  public mutating func next() throws -> FinishedTrial? { try runner.next(isInterrupted: isInterrupted) }

  /// Runs all trials; equivalent to calling ``next()`` until it returns nil.
  ///
  /// - Parameter trialEnded: called after every trial.
  /// - Returns: the finished trials, in order of their numbers.
  @discardableResult
  public mutating func run(_ trialEnded: (FinishedTrial) throws -> Void = { _ in }) throws -> [FinishedTrial] {
    while let trial = try next() { try trialEnded(trial) }
    return finished
  }
}

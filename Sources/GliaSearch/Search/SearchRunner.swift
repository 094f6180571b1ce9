import Foundation
import GliaCore

/// Runs the trials of a search on threads of its own.
final class SearchRunner: @unchecked Sendable {
  // Everything mutable is accessed with the lock of `condition` held.
  private let condition = NSCondition()
  private var progress: SearchProgress
  private let strategy: any SearchStrategy
  private let log: TextLog?
  private let jobs: Int
  private let objective: @Sendable (Trial) throws -> Double
  private var isEnding = false
  private var failure: (any Error)?
  private var hasThreads = false
  /// Whether a thread computes the point of the next trial, without holding the lock.
  private var isProposing = false
  /// The numbers of the trials to deliver, the next one last.
  private var undelivered: [Int]
  /// Whether the next trial to deliver has just been delivered.
  private var isDelivered = false

  init(
    _ progress: SearchProgress, log: TextLog?, jobs: Int, objective: @escaping @Sendable (Trial) throws -> Double
  ) {
    (self.progress, self.log, self.jobs, self.objective) = (progress, log, jobs, objective)
    strategy = progress.strategy
    undelivered = (1...max(progress.trials, 1)).reversed().filter {
      progress.finished[$0] == nil && $0 <= progress.trials
    }
  }

  /// The finished trials, in order of their numbers.
  var finished: [FinishedTrial] { locked { progress.finished.values.sorted { $0.number < $1.number } } }

  /// Returns the next trial in order, as soon as it is finished; nil if there are no more, or when interrupted.
  func next(isInterrupted: (@Sendable () -> Bool)?) throws -> FinishedTrial? {
    condition.lock()
    defer { condition.unlock() }
    if isDelivered { undelivered.removeLast() }
    isDelivered = false
    startThreads()
    condition.broadcast()
    while let number = undelivered.last {
      if let isInterrupted, isInterrupted() {
        isEnding = true
        condition.broadcast()
      }
      // Trials that ended before a failure are delivered before it.
      if let trial = progress.finished[number], failure != nil || !isEnding {
        isDelivered = true
        return trial
      }
      if let failure { throw failure }
      guard !isEnding else { return nil }
      _ = condition.wait(until: Date(timeIntervalSinceNow: 0.02))
    }
    return nil
  }

  /// Ends the search; running trials are abandoned.
  func end() {
    locked {
      isEnding = true
      condition.broadcast()
    }
  }

  private func locked<Result>(_ body: () throws -> Result) rethrows -> Result {
    condition.lock()
    defer { condition.unlock() }
    return try body()
  }

  private func startThreads() {
    guard !hasThreads else { return }
    hasThreads = true
    for _ in 0..<min(jobs, undelivered.count, progress.concurrency ?? jobs) {
      let thread = Thread { [self] in while let trial = started() { finish(trial) } }
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  /// Starts the next trial as soon as possible; nil if there are no more.
  private func started() -> Trial? {
    while let (number, context) = proposal() {
      // A model may take long, and running trials must be able to report meanwhile.
      let result = Result { try strategy.point(number, of: context) }
      let started = locked { () -> Trial? in
        defer { condition.broadcast() }
        isProposing = false
        guard !isEnding else { return nil }
        switch result {
        case .success(let point):
          progress.start(number, at: point)
          return trial(number, at: point)
        case .failure(let error):
          failure = error
          isEnding = true
          return nil
        }
      }
      if let started { return started }
    }
    return nil
  }

  /// Waits until the next trial can be proposed, and returns what its proposal needs; nil if there are no more. Trials are
  /// proposed one after the other, since each proposal depends on the earlier ones.
  private func proposal() -> (number: Int, context: SearchContext)? {
    locked {
      while !isEnding, let number = progress.next {
        guard !isProposing, progress.canStart(number), !isAhead else {
          condition.wait()
          continue
        }
        isProposing = true
        return (number, progress.context(of: number))
      }
      return nil
    }
  }

  /// Whether enough finished trials wait to be delivered.
  private var isAhead: Bool {
    undelivered.reversed().prefix(jobs).count { progress.finished[$0] != nil } >= jobs
  }

  private func trial(_ number: Int, at point: [Double]) -> Trial {
    let pruner = progress.pruner
    let known = progress.known(to: number, concurrency: pruner?.concurrency)
    return Trial(
      number: number, values: progress.space.values(at: point), point: point,
      prunes: { pruner?.prunes(number, after: $0, finished: known) ?? false },
      isEnding: { [weak self] in self.map { runner in runner.locked { runner.isEnding } } ?? true })
  }

  /// Runs a trial and records its result.
  private func finish(_ trial: Trial) {
    let clock = ContinuousClock()
    let start = clock.now
    guard let outcome = outcome(of: trial) else { return }
    let seconds = (clock.now - start) / .seconds(1)
    let finished = FinishedTrial(
      number: trial.number, values: trial.values, point: trial.point, outcome: outcome, reports: trial.reports,
      seconds: seconds)
    locked {
      guard !isEnding else { return }
      do {
        try log?.append(finished.json.compact + "\n", isDurable: true)
        progress.record(finished)
      } catch {
        failure = error
        isEnding = true
      }
      condition.broadcast()
    }
  }

  /// Returns how the trial ended; nil if it was abandoned.
  private func outcome(of trial: Trial) -> FinishedTrial.Outcome? {
    do {
      let value = try objective(trial)
      if trial.isPruned { return .pruned }
      return value.isFinite ? .value(value) : .failed(FinishedTrial.diverged)
    } catch TrialEnd.abandoned {
      return nil
    } catch {
      if trial.isPruned { return .pruned }
      guard let error = error as? GliaError else { return .failed("\(error)".visible(limit: 500)) }
      return .failed(error.category == .divergence ? FinishedTrial.diverged : error.what.visible(limit: 500))
    }
  }
}

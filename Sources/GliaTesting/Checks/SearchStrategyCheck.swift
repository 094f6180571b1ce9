import GliaCore
import GliaSearch

/// Checks a search strategy: its proposals are coordinates in [0, 1), the same ones for the same results and for any number of
/// jobs, also in spaces with lists, conditions and single values, and after failures and extreme values; and its settings.
///
/// - Parameters:
///   - strategy: the strategy.
///   - registry: the registry for components among its settings.
public func checkSearchStrategy(_ strategy: any SearchStrategy, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(strategy)
  guard found.checkSettings(of: strategy, registry) else { return found.results }
  found.expectNoError("proposes trials") { found in
    for space in try SearchSpace.samples {
      for history in SampleHistory.allCases { try found.check(strategy, in: space, history) }
      try found.checkJobs(strategy, in: space)
    }
  }
  return found.results
}

extension SearchSpace {
  /// Spaces with all kinds of dimensions.
  fileprivate static var samples: [SearchSpace] {
    get throws {
      try [
        ["x": "0..1", "y": "log:1e-4..1"],
        [
          "optimizer": ["sgd", "adam", "adamw"], "units": "log-int:4..64", "momentum": "0..0.9 if optimizer=sgd",
          "nesterov": ["values": [true, false], "when": ["optimizer": ["sgd"]]], "depth": "int:1..3",
          "rate": "0..1:0.1",
        ], ["only": [1]], ["one": [7], "range": "3..3", "x": "0..1"],
      ].map { try SearchSpace(from: $0) }
    }
  }
}

/// What becomes of the trials of a check.
private enum SampleHistory: String, CaseIterable {
  case ordinary, failed, pruned, equal, huge, mixed

  func outcome(_ number: Int, at point: [Double]) -> FinishedTrial.Outcome {
    let value = point.reduce(0) { $0 + ($1 - 0.3) * ($1 - 0.3) }
    switch self {
    case .ordinary: return .value(value)
    case .failed: return .failed(FinishedTrial.diverged)
    case .pruned: return .pruned
    case .equal: return .value(1)
    case .huge: return .value((value < 0.3 ? -1 : 1) * Double.greatestFiniteMagnitude)
    case .mixed: return number % 3 == 0 ? .failed("bad luck") : number % 3 == 1 ? .pruned : .value(value)
    }
  }
}

extension Findings {
  /// Checks the proposals of a search in which trials end as in `history`.
  fileprivate mutating func check(
    _ strategy: any SearchStrategy, in space: SearchSpace, _ history: SampleHistory
  ) throws {
    var finished: [FinishedTrial] = []
    let lag = strategy.concurrency.map { max($0, 1) }
    for number in 1...min(strategy.length(in: space) ?? 13, 13) {
      let known = lag.map { min(max(number - $0, 0), finished.count) } ?? 0
      let context = SearchContext(
        space: space, seed: 3, finished: Array(finished[..<known]),
        pending: lag == nil ? [] : finished[known...].map(\.point))
      let point = try strategy.propose(number, of: context)
      let place = "trial \(number) of \(space.json.compact) after \(history.rawValue) trials is \(point)"
      expect(
        "coordinates are in [0, 1)", point.count == space.dimensions.count && point.allSatisfy { 0..<1 ~= $0 },
        "\(place)\nlikely cause: rounding, or a division by zero")
      guard point.count == space.dimensions.count, point.allSatisfy({ 0..<1 ~= $0 }) else { return }
      expect(
        "same results, same proposals", try strategy.propose(number, of: context) == point,
        "\(place), and another one the second time\nlikely cause: random numbers that do not come from the context")
      let values = space.values(at: point)
      let outcome = history.outcome(number, at: point)
      finished.append(
        FinishedTrial(
          number: number, values: values, point: try space.point(of: values), outcome: outcome,
          reports: [TrialReport(step: 1, value: number % 2 == 0 ? .nan : Double(number))]))
    }
  }

  /// Checks that a search has the same trials for any number of jobs.
  fileprivate mutating func checkJobs(_ strategy: any SearchStrategy, in space: SearchSpace) throws {
    func points(jobs: Int) throws -> [[Double]] {
      var search = try Search(space, strategy: strategy, trials: 13, seed: 3, jobs: jobs) { trial in
        trial.point.reduce(0) { $0 + ($1 - 0.7) * ($1 - 0.7) }
      }
      return try search.run().map(\.point)
    }
    expect(
      "same trials for any number of jobs", try points(jobs: 1) == points(jobs: 4),
      "4 jobs try other points of \(space.json.compact)\nlikely cause: hidden state outside of the strategy")
  }
}

import GliaCore
import GliaPruners
import GliaSearch
import GliaTesting
import Testing

@Suite("Pruners")
struct PrunerTests {
  private func reports(_ values: Double...) -> [TrialReport] {
    values.enumerated().map { TrialReport(step: $0 + 1, value: $1) }
  }

  private func complete(_ number: Int, _ values: Double...) -> FinishedTrial {
    FinishedTrial(
      number: number, values: [:], point: [], outcome: .value(values.last ?? 0),
      reports: values.enumerated().map { TrialReport(step: $0 + 1, value: $1) })
  }

  @Test(
    "every pruner passes the checks",
    arguments: [
      MedianPruner(), MedianPruner(startupTrials: 0, warmupSteps: 3, intervalSteps: 5), SuccessiveHalvingPruner(),
      SuccessiveHalvingPruner(minResource: nil, reductionFactor: 2, earlyStoppingRate: 1), HyperbandPruner(),
      HyperbandPruner(minResource: 2, maxResource: 81, reductionFactor: 4),
    ] as [any Pruner])
  func checks(_ pruner: any Pruner) {
    for result in checkComponent(pruner) { #expect(result.passed, "\(result)") }
  }

  @Test("median: worse than the median at the same step, after the startup trials and the warmup")
  func median() {
    let finished = [complete(1, 5, 1), complete(2, 6, 2), complete(3, 7, 3), complete(4, 8, 4)]
    let pruner = MedianPruner(startupTrials: 4)
    #expect(!pruner.prunes(9, after: reports(6.5), finished: finished))
    #expect(pruner.prunes(9, after: reports(6.6), finished: finished))
    // The best report so far counts.
    #expect(!pruner.prunes(9, after: reports(2.5, 9), finished: finished))
    #expect(pruner.prunes(9, after: reports(2.6, 9), finished: finished))
    #expect(pruner.prunes(9, after: reports(.nan), finished: finished))
    // No trial has reported step 3.
    #expect(!pruner.prunes(9, after: reports(9, 9, 9), finished: finished))
    #expect(!pruner.prunes(9, after: reports(9), finished: Array(finished.dropLast())))
    #expect(!MedianPruner(startupTrials: 0, warmupSteps: 2).prunes(9, after: reports(9), finished: finished))
    #expect(MedianPruner(startupTrials: 0, warmupSteps: 2).prunes(9, after: reports(9, 9), finished: finished))
    #expect(!MedianPruner(startupTrials: 0, intervalSteps: 3).prunes(9, after: reports(9, 9), finished: finished))
  }

  @Test("successive halving: the best quarter passes each rung, compared at its first step")
  func halving() {
    let finished = (1...7).map { complete($0, Double($0), 0, 0, Double(10 - $0)) }
    let pruner = SuccessiveHalvingPruner()
    // Two of eight pass.
    #expect(!pruner.prunes(9, after: reports(2), finished: finished))
    #expect(pruner.prunes(9, after: reports(2.1), finished: finished))
    #expect(!pruner.prunes(9, after: reports(1, 9, 9), finished: finished))
    #expect(!pruner.prunes(9, after: reports(1, 9, 9, 4), finished: finished))
    #expect(pruner.prunes(9, after: reports(1, 9, 9, 4.1), finished: finished))
    #expect(!pruner.prunes(9, after: reports(1, 9, 9, 4, 99), finished: finished))
    // Fewer than four trials: only the best one passes.
    #expect(pruner.prunes(9, after: reports(1.5), finished: Array(finished.prefix(2))))
    #expect(!SuccessiveHalvingPruner(earlyStoppingRate: 1).prunes(9, after: reports(9, 9, 9), finished: finished))
    #expect(SuccessiveHalvingPruner(earlyStoppingRate: 1).prunes(9, after: reports(9, 9, 9, 9), finished: finished))
    #expect(!SuccessiveHalvingPruner(minResource: nil).prunes(9, after: reports(9), finished: []))
  }

  @Test("hyperband: brackets begin at 1, 3, 9, … and get their shares of the trials")
  func hyperband() {
    // For 9 steps: shares of 9, 5 and 3 in 17.
    let pruner = HyperbandPruner(maxResource: 9)
    let rivals = (1...170).map { number in
      FinishedTrial(
        number: number, values: [:], point: [], outcome: .value(0),
        reports: (1...9).map { TrialReport(step: $0, value: 0) })
    }
    var stops: [Int: Int] = [:]
    for number in 1...170 {
      let reports = (1...9).map { TrialReport(step: $0, value: 1) }
      let stop = (1...9).first { pruner.prunes(number, after: Array(reports.prefix($0)), finished: rivals) }
      stops[stop ?? 0, default: 0] += 1
    }
    #expect(Set(stops.keys) == [1, 3, 9])
    for (start, share) in [(1, 90), (3, 50), (9, 30)] { #expect(abs((stops[start] ?? 0) - share) <= 2, "\(stops)") }
    #expect(!HyperbandPruner().prunes(9, after: reports(1), finished: []))
  }

  @Test("a pruned search has the same trials for any number of jobs")
  func jobs() throws {
    struct Points: SearchStrategy {
      static let name = "points"
      func propose(_ number: Int, of search: SearchContext) -> [Double] {
        var random = search.random(number)
        return [random.uniform()]
      }
    }
    let space = try SearchSpace([SearchDimension(parsing: "x=0..1")])
    for pruner in [MedianPruner(), SuccessiveHalvingPruner(), HyperbandPruner()] as [any Pruner] {
      let runs = try [1, 2, 8].map { jobs in
        var search = try Search(space, strategy: Points(), trials: 60, pruner: pruner, jobs: jobs) { trial in
          let x = trial.values["x"]?.double ?? 0
          for step in 1...9 { try trial.report(x + 1 / Double(step), step: step) }
          return x
        }
        return try search.run().map { [$0.outcome.hashValue, $0.reports.count] }
      }
      #expect(runs[0] == runs[1] && runs[0] == runs[2])
      #expect(Set(runs[0].map { $0[1] }).count > 1)
    }
  }

  @Test("wrong settings are errors")
  func settings() throws {
    var registry = Registry()
    registry.declareSearchKinds()
    try registry.register(MedianPruner.self)
    try registry.register(SuccessiveHalvingPruner.self)
    try registry.register(HyperbandPruner.self)
    for wrong: JSON in [
      ["type": "median", "startup_trials": -1], ["type": "median", "interval_steps": 0],
      ["type": "median", "concurrency": 0],
      ["type": "successive_halving", "reduction_factor": 1], ["type": "successive_halving", "min_resource": 0],
      ["type": "hyperband", "max_resource": 0], ["type": "hyperband", "min_resource": 9, "max_resource": 3],
    ] {
      #expect(throws: GliaError.self, "\(wrong)") { try registry.make((any Pruner).self, from: wrong) }
    }
    #expect((try registry.make((any Pruner).self, named: "asha") as? SuccessiveHalvingPruner)?.reductionFactor == 4)
  }
}

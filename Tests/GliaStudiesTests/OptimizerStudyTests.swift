import Glia
import GliaSearch
import Testing

@testable import GliaStudies

/// Comparisons of optimizers on one problem.
struct OptimizerStudyTests {
  private func study(_ tuning: Int = 0, jobs: Int = 1) throws -> OptimizerStudy {
    let problem = StudyProblem(Experiments.moons(), target: 0.5)
    var study = try OptimizerStudy(
      problem, [StudyContender(SGD(learningRate: 0.1)), StudyContender(Adam(learningRate: 0.05))], with: .standard)
    (study.tuningTrials, study.seeds, study.jobs) = (tuning, 3, jobs)
    return study
  }

  @Test func runsArePairedTrainings() throws {
    let results = try study().run()
    #expect(
      results.map(\.contender) == ["sgd", "adam"] && results.allSatisfy { $0.tuning.isEmpty && $0.settings.isEmpty })
    #expect(results.allSatisfy { $0.runs.map(\.seed) == [7, 8, 9] })
    let objective = try ExperimentObjective(Experiments.moons(), with: .standard)
    let preparation = try Preparation(objective.experiment, with: .standard).with(seed: 8)
    var training = try preparation.begin()
    try training.fit()
    let run = results[1].runs[1]
    #expect(run.history.map(\.training) == training.history.map(\.training))
    #expect(try run.value == preparation.validation.map { try training.evaluate($0).loss })
    #expect(try run.test == preparation.test.map { try training.evaluate($0) })
    #expect(run.steps == training.steps && !run.diverged)
  }

  @Test func jobsDoNotMatter() throws {
    let (one, two) = (try study(3).run(), try study(3, jobs: 2).run())
    #expect(one.map(\.tuning) == two.map(\.tuning) && one.map(\.settings) == two.map(\.settings))
    #expect(one.map(\.values) == two.map(\.values))
  }

  @Test func tuningBeginsWithTheOwnSettingsAndUsesOtherSeeds() throws {
    var events: [String] = []
    let results = try study(4).run { event in
      switch event {
      case .trial(let contender, let number, _): events.append("\(contender) \(number)")
      case .run(let contender, let run): events.append("\(contender) seed \(run.seed)")
      }
    }
    #expect(
      events == (0..<2).flatMap { c in (1...4).map { "\(c) \($0)" } }
        + (8...10).flatMap { ["0 seed \($0)", "1 seed \($0)"] })
    let objective = try ExperimentObjective(Experiments.moons(), with: .standard)
    #expect(results[1].tuning.count == 4)
    #expect(try results[1].tuning[0] == objective.measure().value)
    let best = try #require(results[1].tuning.min())
    #expect(try best == objective.measure(results[1].settings).value)
  }

  /// A solver sees all samples at once, whatever the others do.
  @Test(arguments: [false, true]) func solversAreContenders(isFirst: Bool) throws {
    var experiment = Experiments.moons()
    experiment.training.$batchSize = isFirst ? nil : 32
    let solver = try StudyContender(LBFGS())
    let adam = try StudyContender(Adam(learningRate: 0.05))
    var study = try OptimizerStudy(
      StudyProblem(experiment), isFirst ? [solver, adam] : [adam, solver], with: .standard)
    (study.tuningTrials, study.seeds) = (2, 2)
    let steps = Dictionary(uniqueKeysWithValues: try study.run().map { ($0.contender, $0.runs.map(\.steps)) })
    // 36 samples: two batches of 32 an epoch, or one of all.
    #expect(steps == ["adam": [6, 6], "lbfgs": [3, 3]])
  }

  @Test func divergenceIsAResult() throws {
    let problem = StudyProblem(Experiments.sine(SGD()))
    var study = try OptimizerStudy(problem, [StudyContender(SGD(learningRate: 1e30))], with: .standard)
    study.seeds = 2
    let result = try #require(try study.run().first)
    #expect(result.runs.allSatisfy { $0.diverged && $0.value == .infinity && $0.validation == nil })
  }

  /// Levenberg–Marquardt needs squared errors.
  @Test func contendersThatDoNotFitTakeNoPart() throws {
    let contenders = try [StudyContender(LevenbergMarquardt()), StudyContender(Adam(learningRate: 0.05))]
    var study = try OptimizerStudy(StudyProblem(Experiments.moons()), contenders, with: .standard)
    study.seeds = 2
    #expect(throws: GliaError.self) { try study.absences() }
    #expect(throws: GliaError.self) { try study.run() }
    study.excludesUnsuitable = true
    #expect(try study.absences().keys.sorted() == [0])
    let results = try study.run()
    #expect(results[0].absence?.what.contains("squares") == true && results[0].runs.isEmpty)
    #expect(results[1].absence == nil && results[1].runs.count == 2)
    let ranking = try StudyRanking(results, objective: study.objective, target: nil)
    #expect(ranking.rows.map(\.index) == [1, 0] && ranking.rows[1].absence != nil && ranking.rows[1].median == nil)
    let other = try StudyRanking(
      OptimizerStudy(StudyProblem(Experiments.sine(SGD())), contenders, with: .standard).run(),
      objective: study.objective, target: nil)
    let suite = try SuiteRanking([(ranking, study.objective, false), (other, study.objective, false)])
    #expect(suite.scores.ranks[0] == [2, 1])
  }

  @Test func anInterruptionEndsTheStudy() throws {
    var study = try study(3, jobs: 2)
    study.isInterrupted = { true }
    #expect(throws: CancellationError.self) { try study.run() }
  }

  @Test func epochsToATargetAreCounted() throws {
    let study = try study()
    let run = try #require(try study.run().last?.runs.first)
    let losses = run.history.compactMap { study.objective.value(after: $0) }
    #expect(run.epoch(reaching: losses[1], of: study.objective)?.number ?? 9 <= 2)
    #expect(run.epoch(reaching: -1, of: study.objective) == nil)
  }

  /// Where the training part is the objective, the last point of a curve is the value in the table.
  @Test func curvesEndInTheValueOfTheTable() throws {
    let experiment = Experiments.moons(split: SameSplit())
    let study = try OptimizerStudy(
      StudyProblem(experiment), [StudyContender(Adam(learningRate: 0.05))], with: .standard)
    let run = try #require(try study.run().first?.runs.first)
    let last = try #require(run.history.last)
    #expect(study.objective.value(after: last) == run.value)
    // What the batches had, each before its update, is not that.
    #expect(last.training.loss != run.value)
  }

  @Test func theMedianRunIsFound() throws {
    let study = try study()
    let result = try #require(try study.run().first)
    let median = try #require(result.medianRun(study.objective))
    #expect(result.values.sorted()[1] == median.value)
    var keeping = study
    keeping.keepsModels = true
    let kept = try #require(try keeping.run().first)
    let model = try #require(try keeping.model(of: 0, kept, seed: median.seed))
    // Trained again, it is the same.
    #expect(try study.model(of: 0, result, seed: median.seed)?.network.parameters == model.network.parameters)
  }

  /// Every optimizer of the registry can be tuned over the ranges that it declares.
  @Test func declaredRangesAreThoseOfSettings() throws {
    let base = try ExperimentObjective(Experiments.moons(), with: .standard).experiment
    for component in Registry.standard.components(of: .optimizer) {
      guard let optimizer = component.type.init() as? any Optimizer else { continue }
      var experiment = base
      experiment.training.optimizer = optimizer
      guard (try? optimizer.validate()) != nil, let space = try StudyContender(optimizer).space else { continue }
      for coordinate in [0, 0.5, 1.0.nextDown] {
        for (path, value) in space.values(at: space.dimensions.map { _ in coordinate }) {
          experiment = try experiment.setting(path, to: value, with: .standard)
        }
      }
    }
  }
}

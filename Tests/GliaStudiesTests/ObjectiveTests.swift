import Glia
import Testing

@testable import GliaStudies

/// What searches and comparisons measure.
struct ObjectiveTests {
  @Test func theValueIsTheValidationLossAfterTraining() throws {
    let split = RandomSplit(test: 0.2, validation: 0.25)
    let objective = try ExperimentObjective(Experiments.moons(split: split), with: .standard)
    #expect(objective.notes.isEmpty && objective.part == .validation && !objective.higherIsBetter)
    var described = Experiments.moons(split: split)
    described.training.optimizer = SGD(learningRate: 0.3)
    let preparation = try Preparation(described, with: .standard)
    var training = try preparation.begin()
    try training.fit()
    let result = try objective.measure(["training.optimizer": ["type": "sgd", "learning_rate": 0.3]])
    let held = try #require(preparation.validation)
    #expect(try result.value == training.evaluate(held).loss)
    #expect(try result.trainingLoss == training.evaluate(preparation.training).loss)
    #expect(result.steps == training.steps)
  }

  @Test func aSplitWithoutValidationPartGetsOne() throws {
    for split in [nil, RandomSplit(test: 0.2)] as [RandomSplit?] {
      let objective = try ExperimentObjective(Experiments.moons(split: split), with: .standard)
      #expect(objective.notes.count == 1)
      let parts = try #require(try objective.experiment.split?.parts(of: objective.data))
      #expect(parts.validation.count == 12 && parts.test.count == (split == nil ? 0 : 12))
    }
    let same = try ExperimentObjective(Experiments.moons(split: SameSplit()), with: .standard)
    #expect(same.part == .training && same.notes.count == 1)
    #expect(throws: GliaError.self) {
      try ExperimentObjective(Experiments.moons(split: LeaveOneOutSplit()), folds: 3, with: .standard)
    }
  }

  @Test func metricsHaveTheirDirection() throws {
    let accuracy = try ExperimentObjective(Experiments.moons(), metric: "validation_accuracy", with: .standard)
    #expect(accuracy.metric == "accuracy" && accuracy.higherIsBetter)
    #expect(accuracy.value(fromLower: -0.75) == 0.75)
    // It is not one of the experiment's metrics.
    let brier = try ExperimentObjective(Experiments.moons(), metric: "brier_score", with: .standard)
    #expect(!brier.higherIsBetter && brier.experiment.training.metrics?.count == 2)
    #expect(try brier.measure().value.isFinite)
    #expect(throws: GliaError.self) { try ExperimentObjective(Experiments.moons(), metric: "beauty", with: .standard) }
    #expect(throws: GliaError.self) { try ExperimentObjective(Experiments.moons(), seeds: 0, with: .standard) }
  }

  /// A table is no objective, nor is a metric of another kind of target; the message names those that are.
  @Test(arguments: ["confusion_matrix", "beauty", "top_k_accuracy"]) func whatIsNoObjectiveIsRefused(name: String)
    throws
  {
    let error = #expect(throws: GliaError.self) {
      try ExperimentObjective(Experiments.moons(), metric: name, with: .standard)
    }
    let expected = try #require(error?.expected)
    #expect(expected.contains("one of loss, accuracy, ") && !expected.contains("confusion_matrix"), "\(expected)")
  }

  @Test(arguments: [nil, 3]) func theTestPartIsNeverLookedAt(folds: Int?) throws {
    var registry = Registry.standard
    try registry.register(FlippedMoons.self)
    func value(_ flipped: [Int]) throws -> Double {
      try ExperimentObjective(
        Experiments.moons(FlippedMoons(flipped: flipped)), folds: folds, with: registry
      ).measure().value
    }
    let parts = try RandomSplit(test: 0.2).parts(of: Moons(samples: 60).load())
    let value0 = try value([])
    #expect(try value(parts.test) == value0)
    #expect(try value([parts.training[0]]) != value0)
  }

  @Test func foldsAndSeedsAreAveraged() throws {
    let objective = try ExperimentObjective(Experiments.moons(), seeds: 2, folds: 3, with: .standard)
    let result = try objective.measure()
    #expect(result.values.count == 6 && Set(result.values).count == 6)
    #expect(abs(result.value - result.values.reduce(0, +) / 6) < 1e-12)
    #expect(objective.seeds == [7, 8])
    #expect(throws: GliaError.self) { try ExperimentObjective(Experiments.moons(), folds: 1, with: .standard) }
  }

  @Test func everyEpochIsReported() throws {
    let objective = try ExperimentObjective(Experiments.moons(), seeds: 2, with: .standard)
    var reports: [(Int, Double)] = []
    let result = try objective.measure(report: { reports.append(($0, $1)) })
    #expect(reports.map(\.0) == [1, 2, 3] && reports[2].1 == result.value)
    struct Stop: Error {}
    #expect(throws: Stop.self) { try objective.measure(report: { _, _ in throw Stop() }) }
    #expect(throws: CancellationError.self) { try objective.measure(isInterrupted: { true }) }
  }

  @Test func mistakesAreErrors() throws {
    let objective = try ExperimentObjective(Experiments.moons(), with: .standard)
    #expect(throws: GliaError.self) { try objective.measure(["training.optimizer.beauty": 1]) }
    #expect(throws: GliaError.self) { try objective.measure(["training.epochs": 0]) }
    let sine = try ExperimentObjective(Experiments.sine(SGD(learningRate: 1e30)), with: .standard)
    let error = #expect(throws: GliaError.self) { try sine.measure() }
    #expect(error?.category == .divergence)
  }

  @Test func dataMayVary() throws {
    let objective = try ExperimentObjective(Experiments.moons(), with: .standard)
    #expect(try objective.measure(["data.noise": 0.4]).value != objective.measure().value)
    #expect(try objective.measure(["data.noise": 0.1]).value == objective.measure().value)
  }
}

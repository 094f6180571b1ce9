import GliaCore
import OrderedCollections

extension ExperimentObjective {
  /// What came of one experiment.
  public struct Result: Hashable, Sendable {
    /// The metric on the samples that were not learned from, averaged over folds and seeds.
    public let value: Double
    /// The same metric on the training part.
    public let trainingValue: Double
    /// The loss on the training part.
    public let trainingLoss: Double
    /// The values that were averaged, in the order of the folds, and of the seeds of each.
    public let values: [Double]
    /// The number of optimizer steps of all runs together.
    public let steps: Int
  }

  /// Trains with these settings, and measures the metric.
  ///
  /// All folds and seeds are trained side by side, epoch by epoch.
  ///
  /// - Parameters:
  ///   - settings: values by the path of the setting, such as `training.optimizer.learning_rate`.
  ///   - isInterrupted: ends the training if it returns true.
  ///   - report: called after every epoch with its number and the metric's value so far; nil to save the time to measure it.
  /// - Throws: `GliaError` of the category `divergence` if a run diverges, `CancellationError` if it was interrupted, and
  ///   whatever `report` throws.
  public func measure(
    _ settings: JSON.Object = [:], isInterrupted: (@Sendable () -> Bool)? = nil,
    report: ((_ epoch: Int, _ value: Double) throws -> Void)? = nil
  ) throws -> Result {
    let runs = try preparations(with: settings).map { try Run($0, part, isInterrupted) }
    var isRunning = true
    while isRunning {
      isRunning = false
      for run in runs where try run.advance() { isRunning = true }
      guard isRunning, let report else { continue }
      try report(runs.map { $0.training.history.count }.max() ?? 0, try mean(runs.map { try $0.value(metric) }))
    }
    let values = try runs.map { try $0.value(metric) }
    let trained = try runs.map { try $0.training.evaluate($0.preparation.training) }
    return Result(
      value: mean(values), trainingValue: mean(trained.map { $0[metric] ?? .nan }),
      trainingLoss: mean(trained.map(\.loss)),
      values: values, steps: runs.reduce(0) { $0 + $1.training.steps })
  }

  /// Trains each seed and fold by itself, and measures the metric on both the training and the held-out samples; not finite for
  /// runs that diverge.
  ///
  /// - Parameter samples: how many of the training samples are used; nil for all.
  func measureEach(
    _ settings: JSON.Object, samples: TrainingShare? = nil, isInterrupted: (@Sendable () -> Bool)? = nil
  ) throws -> [(training: Double, heldOut: Double)] {
    try preparations(with: settings, samples).map { preparation in
      let run = try Run(preparation, part, isInterrupted)
      do {
        while try run.advance() {}
        return (try run.training.evaluate(preparation.training)[metric] ?? .nan, try run.value(metric))
      } catch let error as GliaError where error.category == .divergence { return (.infinity, .infinity) }
    }
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// The preparations of all seeds, and of all folds of each.
  private func preparations(with settings: JSON.Object, _ samples: TrainingShare? = nil) throws -> [Preparation] {
    let described = try experiment(with: settings)
    let data = try loaded(described, with: settings)
    let divisions = try divisions(of: described, data)
    return try divisions.flatMap { experiment, data in
      guard let samples else {
        let first = try Preparation(experiment, on: data, with: registry, folder: folder)
        return seeds.map { first.with(seed: $0) }
      }
      return try seeds.map { seed in
        var reduced = experiment
        reduced.split = SubsetSplit(experiment.split, samples, seed: seed)
        return try Preparation(reduced, on: data, with: registry, folder: folder).with(seed: seed)
      }
    }
  }

  /// The samples of an experiment with these settings, which are loaded again if one of them changes the data.
  func loaded(_ described: Experiment, with settings: JSON.Object) throws -> Dataset {
    let sections = settings.keys.map { Spelling.folded($0.split(separator: ".").first.map(String.init) ?? "") }
    guard sections.contains(where: ["data", "split"].contains) else { return data }
    return try Preparation.data(of: described, with: registry, folder: folder)
  }

  /// The experiment with its samples, or with each fold of the samples outside of the test part.
  func divisions(of described: Experiment, _ data: Dataset) throws -> [(Experiment, Dataset)] {
    guard case .folds(let count) = part else { return [(described, data)] }
    let test = Set(try described.split?.parts(of: data).test ?? [])
    guard let known = try data.part((0..<data.count).filter { !test.contains($0) }) else {
      throw GliaError("the test part has all samples", at: "split", expected: "samples to compare settings on")
    }
    let own = try described.split.map { try JSON(part: $0) }?.object ?? [:]
    return try (0..<count).map { fold in
      var split: JSON.Object = ["type": "k_fold", "folds": JSON(count), "fold": JSON(fold)]
      for key in ["validation", "stratify", "by", "order", "seed"] { split[key] = own[key] }
      return (try described.setting("split", to: .object(split), with: registry), known)
    }
  }
}

/// A training of one seed and fold.
private final class Run {
  let preparation: Preparation
  private(set) var training: Training
  private let held: Dataset
  /// Whether the training measures the held-out samples after every epoch.
  private let isMeasured: Bool

  init(_ preparation: Preparation, _ part: ExperimentObjective.Part, _ isInterrupted: (@Sendable () -> Bool)?) throws {
    self.preparation = preparation
    training = try preparation.begin()
    training.isInterrupted = isInterrupted
    let held =
      switch part {
      case .validation: preparation.validation
      case .folds: preparation.test
      case .training: preparation.training
      }
    guard let held else {
      throw GliaError("there are no samples to compare settings on", at: "split", expected: "a validation part")
    }
    (self.held, isMeasured) = (held, part == .validation)
  }

  /// Trains for an epoch; returns false if the training has ended.
  func advance() throws -> Bool {
    guard try training.next() == nil else { return true }
    if training.stopReason == .interrupted { throw CancellationError() }
    return false
  }

  /// The metric of the current network.
  func value(_ metric: String) throws -> Double {
    // After an epoch, the validation part has been measured; at the end, other weights may have been restored.
    if training.stopReason == nil, isMeasured, let value = training.history.last?["validation_\(metric)"] {
      return value
    }
    return try training.evaluate(held)[metric] ?? .nan
  }
}

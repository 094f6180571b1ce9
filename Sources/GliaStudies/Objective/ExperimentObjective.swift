import GliaCore
import GliaSearch

/// What a search or a comparison measures: how well an experiment with certain settings does on samples that it did not learn
/// from, never on the test part.
///
/// The value is that of a metric on the validation part, or with `folds` on each fold of the samples outside of the test part,
/// averaged over folds and seeds. A split without a validation part gets one of 20 % of the samples; where all samples are used
/// both for training and for testing, such as the four points of XOR, the value is that of the training part.
///
/// ```swift
/// let objective = try ExperimentObjective(moons, metric: "accuracy", seeds: 3, with: .standard)
/// let result = try objective.measure(["training.optimizer.learning_rate": 0.03])
/// ```
public struct ExperimentObjective: Sendable {
  /// Where the metric is measured.
  public enum Part: Hashable, Sendable {
    /// On the validation part.
    case validation
    /// On each of several folds of the samples outside of the test part.
    case folds(Int)
    /// On the training part, because there are no other samples.
    case training
  }

  /// The experiment that settings are applied to, with the metric and the validation part.
  public let experiment: Experiment
  /// The name of the metric, such as `loss` or `accuracy`.
  public let metric: String
  /// Whether higher values are better.
  public let higherIsBetter: Bool
  /// The seeds, from `training.seed` on.
  public let seeds: [UInt64]
  /// Where it is measured.
  public let part: Part
  /// What was changed in the experiment to measure it, for the user.
  public let notes: [String]
  /// The registry of the components.
  public let registry: Registry
  /// The folder that relative paths start from.
  public let folder: String
  /// The samples of the experiment, which are those of every trial unless a setting of the data varies.
  let data: Dataset

  /// The fraction of all samples that become the validation part of an experiment without one.
  public static let validationShare = 0.2

  /// Creates an objective, and loads the samples.
  ///
  /// - Parameters:
  ///   - experiment: the experiment.
  ///   - metric: the loss, a metric of the experiment, or another one that is registered.
  ///   - seeds: how many seeds each value is averaged over.
  ///   - folds: the number of folds; nil to measure on the validation part.
  ///   - registry: the registry of the components.
  ///   - folder: the folder that relative paths start from.
  /// - Throws: `GliaError` for an unknown metric, and for a split that cannot be combined with folds or has no validation
  ///   part.
  public init(
    _ experiment: Experiment, metric: String = "loss", seeds: Int = 1, folds: Int? = nil, with registry: Registry,
    folder: String = ""
  ) throws {
    guard 1...1000 ~= seeds else {
      throw GliaError(seeds.counted("seed"), at: "seeds", expected: "a whole number from 1 to 1000")
    }
    var measured = try experiment.resolved(with: registry, folder: folder)
    // The usual batch size depends on the optimizer, which may vary.
    measured.training.$batchSize = experiment.training.$batchSize
    (self.metric, higherIsBetter) = try measured.training.measure(metric, with: registry)
    (measured, part, notes) = try measured.measured(on: folds, with: registry)
    self.experiment = measured
    self.seeds = (0..<UInt64(seeds)).map { experiment.training.seed &+ $0 }
    (self.registry, self.folder) = (registry, folder)
    data = try Preparation.data(of: measured, with: registry, folder: folder)
  }

  /// Returns the experiment with these settings.
  ///
  /// - Throws: `GliaError` for an unknown setting, and for values that are invalid together.
  public func experiment(with settings: JSON.Object) throws -> Experiment {
    var changed = experiment
    for (path, value) in settings {
      changed = try changed.setting(path, to: value, with: registry, isLast: false)
    }
    if !settings.isEmpty { try changed.check(with: registry) }
    return changed
  }

  /// The number of training samples, of the first fold if there are folds.
  var trainingCount: Int {
    get throws {
      let (experiment, data) = try divisions(of: experiment, data)[0]
      return try experiment.split?.parts(of: data).training.count ?? data.count
    }
  }

  /// What distinguishes it from other objectives: the experiment, and how it is measured.
  public var identity: JSON {
    get throws {
      [
        "experiment": try experiment.json(), "objective": .string(description), "seeds": JSON(seeds.count),
      ]
    }
  }

  /// Returns the metric for a value of a search, in which lower is better; its own inverse.
  public func value(fromLower value: Double) -> Double { higherIsBetter ? -value : value }

  /// A phrase that says where the metric is measured, such as `loss of the validation part`.
  public var description: String {
    place + (seeds.count > 1 ? ", mean of \(seeds.count) seeds" : "")
  }

  /// A phrase that says on which samples the metric is measured, such as `loss of the validation part`.
  public var place: String {
    let part =
      switch part {
      case .validation: "validation part"
      case .training: "training part"
      case .folds(let count): "held-out samples of \(count) folds"
      }
    return "\(metric) of the \(part)"
  }
}

extension Experiment {
  /// Returns the experiment with a validation part, where its metric is measured, and what was changed.
  fileprivate func measured(
    on folds: Int?, with registry: Registry
  ) throws -> (Experiment, ExperimentObjective.Part, notes: [String]) {
    let own = try split.map { try JSON(part: $0) }?.object ?? ["type": "random", "validation": 0]
    let type = own["type"]?.string ?? ""
    if let folds {
      guard folds >= 2 else {
        throw GliaError(folds.counted("fold"), at: "folds", expected: "a whole number of 2 or more")
      }
      guard ["random", "k_fold"].contains(type) else {
        throw GliaError(
          "the experiment already has a split, '\(type)'", at: "folds",
          expected: "no split, or a random or k_fold split")
      }
      return (self, .folds(folds), [])
    }
    guard split?.isDisjoint != false else {
      return (self, .training, ["the training part is measured: the split has no other samples"])
    }
    guard let validation = own["validation"]?.double else {
      throw GliaError(
        "the split '\(type)' has no validation part", at: "split", expected: "samples to compare settings on",
        remedy: "use another split, or --folds")
    }
    guard validation == 0 else { return (self, .validation, []) }
    var changed = own
    changed["validation"] = JSON(ExperimentObjective.validationShare)
    return (
      try setting("split", to: .object(changed), with: registry), .validation,
      [
        "\(ExperimentObjective.validationShare.percent) of the samples became the validation part, on which settings are compared"
      ]
    )
  }
}

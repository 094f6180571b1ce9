import Glia
import GliaStudies
import GliaVisuals

/// A search for good settings, and the search for a learning rate.
func studies() throws -> [Exhibit] {
  var moons = Experiment()
  (moons.name, moons.data) = ("moons", Moons(samples: 400, noise: 0.2))
  moons.split = RandomSplit(test: 0.2, validation: 0.2)
  moons.network.layers = [Dense(8, activation: .tanh), Dense(1, activation: .sigmoid)]
  (moons.training.loss, moons.training.optimizer) = (BinaryCrossentropy(), Adam())
  moons.training.epochs = 20
  return try search(moons) + [rates(moons)]
}

/// Random trials over five settings, of which bad ones are stopped early.
private func search(_ experiment: Experiment) throws -> [Exhibit] {
  let space = try SearchSpace(
    [
      "training.optimizer=sgd,momentum,adam", "training.optimizer.learning_rate=log:1e-4..0.3",
      "training.optimizer.momentum=0.5..0.99 if training.optimizer=momentum", "network.layers.0.units=log-int:2..64",
      "training.batch_size=log-int:4..128",
    ].map { try SearchDimension(parsing: $0) })
  let objective = try ExperimentObjective(experiment, with: .standard)
  var search = try Search(
    space, strategy: RandomSearch(), trials: 100, seed: 1, pruner: MedianPruner(startupTrials: 20)
  ) { trial in
    try objective.value(of: trial, reporting: true)
  }
  let trials = try search.run()
  let (title, quantity) = ("moons · a random search", "validation loss")
  let history = trials.map { trial in
    BestSoFar.Trial(trial.value ?? trial.reports.last?.value ?? .nan, trial.outcome == .pruned ? .pruned : .complete)
  }
  let complete = trials.filter { $0.outcome != .pruned }
  let values = complete.map { $0.value ?? .nan }
  let subtitle = "the \(complete.count) of \(trials.count) trials that were not stopped early"
  func numbers(_ path: String, _ scale: Scale.Kind = .linear) -> StudySetting {
    StudySetting(path.lastPart, complete.map { $0.values[path]?.double }, scale: scale)
  }
  let settings = [
    StudySetting("optimizer", categories: complete.map { $0.values["training.optimizer"]?.string }),
    numbers("training.optimizer.learning_rate", .logarithmic), numbers("training.optimizer.momentum"),
    numbers("network.layers.0.units", .logarithmic), numbers("training.batch_size", .logarithmic),
  ]
  let importance = try SearchImportance(of: trials, in: space, seed: 0)
  let shares = space.dimensions.map {
    SettingImportance.Share($0.path.lastPart, importance.fractions[$0.path] ?? 0)
  }
  return [
    Exhibit("search", BestSoFar(history)) { ($0.title, $0.quantity) = (title, quantity) },
    Exhibit("parallel", ParallelCoordinates(settings, objective: values)) {
      ($0.title, $0.subtitle, $0.quantity) = (title, subtitle, quantity)
    },
    Exhibit("slices", SettingSlices(settings, objective: values)) {
      ($0.title, $0.subtitle, $0.quantity) = (title, subtitle, quantity)
    },
    Exhibit("importance", SettingImportance(shares, method: "fANOVA of a random forest")) { $0.title = title },
  ]
}

/// The loss while the learning rate rises, with the rate that it suggests.
private func rates(_ experiment: Experiment) throws -> Exhibit {
  let preparation = try Preparation(experiment, with: .standard)
  let curve = try LearningRateFinder(from: 1e-5, to: 10, steps: 300).run(
    preparation.network, on: preparation.training, settings: preparation.experiment.training)
  return Exhibit("rates", RateCurve(rates: curve.rates, losses: curve.losses)) {
    ($0.title, $0.subtitle) = ("moons · 2–8–1 tanh", "Adam · the rate rises over 300 steps")
    $0.suggestion = curve.suggestion
  }
}

extension String {
  /// The last part of the path of a setting.
  fileprivate var lastPart: String { split(separator: ".").last.map(String.init) ?? self }
}

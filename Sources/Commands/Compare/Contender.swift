import GliaCore

/// An optimizer that takes part in a comparison, and its trainings.
struct Contender {
  /// Its name and rate, as `adam lr 0.01`.
  let name: String
  let experiment: Experiment
  /// Whether its rate was given, so that it is not the default.
  let hasOwnRate: Bool
  private(set) var runs: [Run] = []

  /// One training.
  struct Run {
    let seed: UInt64
    let history: [Epoch]
    let stopReason: StopReason
    let seconds: Double

    /// The loss after every epoch, with one that is not finite after the last where the run diverged.
    var losses: [Double] {
      history.map(\.training.loss) + (stopReason == .diverged ? [.infinity] : [])
    }
  }

  /// The optimizer of `experiment`.
  init(_ experiment: Experiment, hasOwnRate: Bool) {
    (self.experiment, self.hasOwnRate) = (experiment, hasOwnRate)
    name = experiment.training.optimizer?.nameAndRate ?? ""
  }

  mutating func add(_ run: Run) { runs.append(run) }
}

extension [Contender] {
  /// The optimizers of a list such as `sgd:0.5,momentum,adam:0.01`.
  init(_ list: String, in experiment: Experiment, with registry: Registry) throws {
    let choices = try OptimizerChoice.list(list)
    try OptimizerChoice.requireDifferent(choices, in: registry)
    self = try choices.map {
      try Contender($0.applied(to: experiment, with: registry), hasOwnRate: $0.rate != nil)
    }
  }

  /// How the learning rates were chosen.
  var choiceOfRates: String { OptimizerChoice.choiceOfRates(given: count { $0.hasOwnRate }, of: count) }
}

import GliaCore

/// An optimizer in a comparison, and its training runs.
struct Contender {
  /// Its name and learning rate, such as `adam lr 0.01`.
  let name: String
  let experiment: Experiment
  /// Whether the learning rate was specified rather than left at its default.
  let hasOwnRate: Bool
  private(set) var runs: [Run] = []

  /// One training run.
  struct Run {
    let seed: UInt64
    let history: [Epoch]
    let stopReason: StopReason
    let seconds: Double

    /// The loss after every epoch; if the run diverged, followed by a nonfinite value.
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

  /// A phrase that says how the learning rates were chosen.
  var choiceOfRates: String { OptimizerChoice.choiceOfRates(given: count { $0.hasOwnRate }, of: count) }
}

import GliaCore

/// An optimizer that takes part in a comparison, and its trainings.
struct Contender {
  /// Its name and rate, as `adam lr 0.01`.
  let name: String
  let experiment: Experiment
  /// Whether its rate was told and is not the default.
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

  /// The optimizer that `text` tells, as `NAME` or `NAME:RATE`.
  init(_ text: String, in experiment: Experiment, with registry: Registry) throws {
    let option = "--optimizers"
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let type = parts.first, !type.isEmpty else {
      throw UsageMistake(
        "'\(text.excerpt)' names no optimizer", at: option, expected: "NAME or NAME:RATE, such as sgd:0.5,adam")
    }
    var settings: JSON.Object = ["type": .string(type)]
    if parts.count == 2 {
      guard let rate = Double(parts[1]), rate.isFinite else {
        throw UsageMistake(
          "'\(parts[1].excerpt)' is no learning rate", at: "\(option): \(type.excerpt)", expected: "a number above 0")
      }
      settings["learning_rate"] = JSON(rate)
    }
    self.experiment = try UsageMistake.locating(option) {
      let changed = try experiment.setting("training.optimizer", to: .object(settings), with: registry)
      try changed.training.optimizer?.validate()
      return changed
    }
    let optimizer = self.experiment.training.optimizer
    name = optimizer.map { "\(Swift.type(of: $0).name) lr \($0.learningRate)" } ?? type
    hasOwnRate = parts.count == 2
  }

  mutating func add(_ run: Run) { runs.append(run) }
}

extension [Contender] {
  /// The optimizers of a list such as `sgd:0.5,momentum,adam:0.01`.
  init(_ list: String, in experiment: Experiment, with registry: Registry) throws {
    self = try list.split(separator: ",", omittingEmptySubsequences: false).map { part in
      try Contender(part.trimmingPrefix { $0 == " " }.description, in: experiment, with: registry)
    }
    for (index, one) in enumerated() where self[..<index].contains(where: { $0.name == one.name }) {
      throw UsageMistake("\(one.name) is named twice", at: "--optimizers", expected: "each optimizer and rate once")
    }
  }

  /// How the learning rates were chosen.
  var choiceOfRates: String {
    let own = count { $0.hasOwnRate }
    return own == count
      ? "learning rates as given" : own == 0 ? "default learning rates" : "learning rates as given, else the default"
  }
}

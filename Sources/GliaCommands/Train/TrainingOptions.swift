import ArgumentParser
import GliaCore

/// The options that change an experiment.
struct TrainingOptions: ParsableArguments {
  @Option(
    parsing: .unconditional, help: ArgumentHelp("Seed for initial weights, shuffling and dropout.", valueName: "n"))
  var seed: UInt64?

  @Option(parsing: .unconditional, help: ArgumentHelp("Passes over the training set.", valueName: "n"))
  var epochs: Int?

  @Option(parsing: .unconditional, help: ArgumentHelp("Samples per training step.", valueName: "n"))
  var batchSize: Int?

  @Option(
    help: ArgumentHelp("Loss to minimize; see 'glia components loss'.", valueName: "name|json"),
    completion: KnownNames.loss)
  var loss: String?

  @Option(
    help: ArgumentHelp(
      "Optimizer; see 'glia components optimizer'.", valueName: "name[:rate]|json"),
    completion: KnownNames.optimizer)
  var optimizer: String?

  @Option(
    name: [.long, .customLong("lr")], parsing: .unconditional,
    help: ArgumentHelp("Learning rate of the optimizer.", valueName: "x"))
  var learningRate: Double?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Change any setting, such as network.layers.0.units=8; repeatable, applied in order after the other options. "
        + "The value is parsed as JSON, or else taken as text.", valueName: "path=value"))
  var set: [String] = []

  /// One of the options given on the command line, or nil.
  var given: String? {
    let options: [(name: String, isGiven: Bool)] = [
      ("--seed", seed != nil), ("--epochs", epochs != nil), ("--batch-size", batchSize != nil), ("--loss", loss != nil),
      ("--optimizer", optimizer != nil), ("--learning-rate", learningRate != nil), ("--set", !set.isEmpty),
    ]
    return options.first { $0.isGiven }?.name
  }

  /// The experiment with all changes applied; an invalid change is a usage error.
  func applied(to experiment: Experiment, with registry: Registry) throws -> Experiment {
    var changed = experiment
    func change(_ option: String, _ path: String, _ value: JSON?, isLast: Bool = true) throws {
      guard let value else { return }
      changed = try UsageMistake.locating(option) {
        try changed.setting(path, to: value, with: registry, isLast: isLast)
      }
    }
    func changeByText(_ option: String, _ path: String, _ text: String?, isLast: Bool = true) throws {
      guard let text else { return }
      let value = Result { try JSON(parsing: text, name: option) }
      do {
        try change(option, path, (try? value.get()) ?? .string(text), isLast: isLast)
      } catch let mistake as UsageMistake {
        // Text that begins like JSON was meant as JSON, so its error is reported.
        if case .failure(let error as GliaError) = value, let first = text.first, "[{\"".contains(first) {
          throw UsageMistake(error)
        }
        throw mistake
      }
    }
    try changeByText("--loss", "training.loss", loss)
    if let optimizer, optimizer.contains(":"), !optimizer.hasPrefix("{") {
      changed = try OptimizerChoice(optimizer, of: "--optimizer").applied(to: changed, with: registry)
    } else {
      try changeByText("--optimizer", "training.optimizer", optimizer)
    }
    if let learningRate, !learningRate.isFinite {
      throw UsageMistake("learning rate \(learningRate)", at: "--learning-rate", expected: "a number above 0")
    }
    try change("--learning-rate", "training.optimizer.learning_rate", learningRate.map { JSON($0) })
    try change("--epochs", "training.epochs", epochs.map { JSON($0) })
    try change("--batch-size", "training.batch_size", batchSize.map { JSON($0) })
    try change("--seed", "training.seed", seed.map { JSON($0) })
    // Only all assignments together must be valid; if they are not, the first since which they are not is to blame.
    var invalid: (any Error)?
    for assignment in set {
      let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw UsageMistake(
          "'\(assignment.excerpt)' is not an assignment", at: "--set",
          expected: "PATH=VALUE, such as training.epochs=50")
      }
      let option = "--set \(parts[0].excerpt)"
      try changeByText(option, parts[0], parts[1], isLast: false)
      do {
        try UsageMistake.locating(option) { try changed.check(with: registry) }
        invalid = nil
      } catch {
        invalid = invalid ?? error
      }
    }
    if let invalid { throw invalid }
    return changed
  }
}

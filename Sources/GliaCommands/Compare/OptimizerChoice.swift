import GliaCore
import GliaStudies

/// An optimizer given on the command line: `adam`, or `adam:0.01` with its learning rate.
struct OptimizerChoice {
  private static let listOption = "--optimizers"

  /// The name, which has not been checked.
  let name: String
  /// The learning rate, if specified.
  let rate: Double?
  /// The option that it was given with, for error messages.
  private let option: String

  /// Parses `NAME` or `NAME:RATE`, the value of `option`.
  init(_ text: String, of option: String) throws {
    self.option = option
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let name = parts.first, !name.isEmpty else {
      throw UsageMistake(
        "'\(text.excerpt)' is not an optimizer", at: option,
        expected: "NAME or NAME:RATE, such as sgd:0.5,adam")
    }
    rate = try parts.dropFirst().first.map { text in
      guard let rate = Double(text), rate.isFinite else {
        throw UsageMistake(
          "'\(text.excerpt)' is not a learning rate", at: "\(option): \(name.excerpt)",
          expected: "a number above 0")
      }
      return rate
    }
    self.name = name
  }

  /// Parses a list such as `sgd:0.5,momentum,adam:0.01`.
  static func list(_ text: String) throws -> [OptimizerChoice] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      try OptimizerChoice(String(part.trimmingPrefix { $0 == " " }), of: listOption)
    }
  }

  /// The optimizer, with its default learning rate if none is specified.
  func optimizer(in registry: Registry) throws -> any Optimizer {
    try UsageMistake.locating(option) {
      var optimizer = try registry.make((any Optimizer).self, named: name)
      if let rate { optimizer.learningRate = Float(rate) }
      try optimizer.checkSettings()
      return optimizer
    }
  }

  /// `experiment` with this optimizer.
  func applied(to experiment: Experiment, with registry: Registry) throws -> Experiment {
    var settings: JSON.Object = ["type": .string(name)]
    if let rate { settings["learning_rate"] = JSON(rate) }
    return try UsageMistake.locating(option) {
      let changed = try experiment.setting("training.optimizer", to: .object(settings), with: registry)
      try changed.training.optimizer?.checkSettings()
      return changed
    }
  }

  /// The contender of a comparison; a rate that is given is not tuned.
  func contender(isTuned: Bool, in registry: Registry) throws -> StudyContender {
    let optimizer = try optimizer(in: registry)
    return try StudyContender(
      optimizer, name: isTuned && rate == nil ? type(of: optimizer).name : optimizer.nameAndRate,
      fixed: rate == nil ? [] : ["learning_rate"])
  }

  /// A phrase that says how the learning rates of `count` optimizers were chosen, `given` of which were specified.
  static func choiceOfRates(given: Int, of count: Int) -> String {
    given == count
      ? "learning rates as given"
      : given == 0 ? "default rates, not tuned" : "learning rates as given, otherwise default, not tuned"
  }

  /// Throws if `choices` contains the same optimizer with the same learning rate more than once.
  static func requireDifferent(_ choices: [OptimizerChoice], in registry: Registry) throws {
    var names: Set<String> = []
    for choice in choices {
      let name = try choice.optimizer(in: registry).nameAndRate
      guard names.insert(name).inserted else {
        throw UsageMistake("\(name) appears twice", at: listOption, expected: "each optimizer and rate once")
      }
    }
  }
}

extension Optimizer {
  /// Its name and learning rate, such as `adam lr 0.01`; for a solver, which chooses its own steps, its name unless the rate is
  /// another one than 1.
  var nameAndRate: String {
    self is any FullBatchOptimizer && learningRate == 1
      ? type(of: self).name : "\(type(of: self).name) lr \(Double(learningRate).brief)"
  }
}

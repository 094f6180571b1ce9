import Foundation
import Glia

/// The samples that a trained model is measured or drawn on, by the part that they are of.
struct ModelSamples {
  /// Samples with what they were to the training.
  struct Part {
    enum Role { case training, validation, test, file }

    let role: Role
    let data: Dataset
    /// How many of these very samples the model learned from.
    let learned: Int
    /// Whether these are what the model learned from.
    var isLearned: Bool { learned == data.count }
    /// What a file is called.
    var file = ""

    /// What legends call it.
    var name: String {
      switch role {
      case .training: "train"
      case .validation: "validation"
      case .test: "test"
      case .file: "data"
      }
    }

    /// The samples, named with the part that they are of, for titles.
    var titled: Dataset {
      var titled = data
      switch role {
      case .training: titled.name += ", training part"
      case .validation: titled.name += ", validation part"
      case .test: titled.name += ", test part"
      case .file: break
      }
      // Pictures count samples; metrics weigh them.
      if data.weights != nil { titled.name += ", unweighted" }
      return titled
    }

    /// Which samples they are, in a sentence.
    var description: String {
      let samples = data.count.counted("sample")
      return switch role {
      case .training:
        "on the \(samples) that \(isLearned ? "the model learned" : "are learned") from: the experiment has no other part"
      case .validation: "on the validation part, \(samples)\(overlap): the experiment has no test part"
      case .test: "on the test part, \(samples)" + overlap
      case .file: "on the \(samples) of \(file.excerpt)"
      }
    }

    private var overlap: String {
      learned == 0
        ? ""
        : isLearned ? ", all of which the model learned from" : ", \(learned.grouped) of which the model learned from"
    }
  }

  /// What the experiment learns from; nil for a file.
  let training: Part?
  /// The experiment's test part, else its validation part; all rows of a file; nil if the experiment has no other part.
  let held: Part?
  /// Those that the model did not learn from, if there are any.
  let measured: Part

  /// Loads the samples for `model`.
  ///
  /// - Parameters:
  ///   - argument: a CSV file, a JSON file or a built-in experiment; nil for the experiment that the model was trained by.
  ///   - name: what a file is called; nil to go by its path.
  ///   - targets: the columns of a CSV file to compare with; empty for those of the model.
  /// - Throws: when they cannot be read or do not have the model's features.
  init(for model: Model, from argument: String?, named name: String? = nil, targets: [String] = [], in tool: Tool)
    throws
  {
    guard let argument else {
      guard model.experiment.data != nil else {
        throw UsageMistake(
          "the model does not say what it learned from", at: "--data", expected: "a CSV file or an experiment")
      }
      try self.init(for: model, parts: model.experiment)
      return
    }
    guard try Self.isExperiment(argument, in: tool) else {
      let rows = try Self.table(argument, targets: targets, for: model)
      let part = Part(
        role: .file, data: try model.selectFeatures(of: rows), learned: 0,
        file: URL(fileURLWithPath: name ?? argument).lastPathComponent)
      self.init(training: nil, held: part, measured: part)
      return
    }
    let source = try ExperimentSource(argument, in: tool)
    var experiment = source.experiment
    experiment.data = experiment.data?.located(in: source.folder)
    try self.init(for: model, parts: experiment)
  }

  private init(for model: Model, parts experiment: Experiment) throws {
    var samples = try model.selectFeatures(of: experiment.load())
    if !experiment.name.isEmpty { samples.name = experiment.name }
    let parts = try experiment.split?.parts(of: samples) ?? SplitParts(training: Array(0..<samples.count))
    // The same data may be divided otherwise than they were for the model.
    let isOwn = try model.experiment.data.map { try JSON(part: $0) } == experiment.data.map { try JSON(part: $0) }
    let learnedFrom =
      isOwn ? try Set(model.experiment.split?.parts(of: samples).training ?? Array(0..<samples.count)) : []
    func part(_ role: Part.Role, _ indices: [Int]) throws -> Part? {
      try samples.part(indices).map { Part(role: role, data: $0, learned: indices.count(where: learnedFrom.contains)) }
    }
    let learned = try part(.training, parts.training) ?? Part(role: .training, data: samples, learned: samples.count)
    let held = try part(.test, parts.test) ?? part(.validation, parts.validation)
    self.init(training: learned, held: held, measured: held ?? learned)
  }

  private init(training: Part?, held: Part?, measured: Part) {
    (self.training, self.held, self.measured) = (training, held, measured)
  }

  /// What was learned from and, if they are others, the samples that were not; of a file, its rows alone.
  var drawn: [Part] {
    guard let training else { return [measured] }
    return [training] + [held].compactMap { $0?.isLearned == false ? $0 : nil }
  }

  private static func isExperiment(_ argument: String, in tool: Tool) throws -> Bool {
    if tool.experiment(named: argument) != nil || !InputFile.exists(argument) { return true }
    return try InputFile.isJSON(argument)
  }

  /// The rows of a CSV file, read as the model's own data were.
  private static func table(_ path: String, targets: [String], for model: Model) throws -> Dataset {
    let targets = targets.isEmpty ? model.targets : targets
    guard !targets.isEmpty else {
      throw UsageMistake("the model does not say what it learned", at: "--target", expected: "the name of a column")
    }
    var source = model.experiment.data as? CSV ?? CSV()
    (source.path, source.target) = (path, ColumnNames(targets))
    return try model.columns.isEmpty ? source.load() : source.load(columns: model.columns)
  }
}

extension Model {
  /// The samples with the features that the model knows, in its order.
  fileprivate func selectFeatures(of data: Dataset) throws -> Dataset {
    let width = network.input.reduce(1, *)
    let names = columns.isEmpty ? data.inputNames : columns
    var selected = data
    if data.inputNames != names {
      let indices = try names.map { name in
        guard let index = data.inputNames.firstIndex(of: name) else {
          throw GliaError(
            "no feature '\(name.excerpt)', which the model learned from", at: data.name,
            expected: "the features \(names.prefix(20).joined(separator: ", "))")
        }
        return index
      }
      selected = try data.selecting(features: indices)
    }
    selected.targetStandardization = targetStandardization
    guard selected.inputs.width == width else {
      throw GliaError(
        "samples of \(selected.inputs.width.counted("feature")) for a model of \(width)", at: data.name,
        expected: "equally many")
    }
    return selected
  }
}

import Foundation
import Glia

/// The samples on which a trained model is evaluated or plotted, by the part of the data they belong to.
struct ModelSamples {
  /// Samples and their role in training.
  struct Part {
    enum Role { case training, validation, test, file }

    let role: Role
    let data: Dataset
    /// How many of these samples the model was trained on.
    let learned: Int
    /// Whether the model was trained on these samples.
    var isLearned: Bool { learned == data.count }
    /// The name of the file.
    var file = ""

    /// The name used in legends.
    var name: String {
      switch role {
      case .training: "train"
      case .validation: "validation"
      case .test: "test"
      case .file: "data"
      }
    }

    /// The samples with the part's name added to theirs, for titles.
    var titled: Dataset {
      var titled = data
      switch role {
      case .training: titled.name += ", training set"
      case .validation: titled.name += ", validation set"
      case .test: titled.name += ", test set"
      case .file: break
      }
      // Figures count samples; metrics take their weights into account.
      if data.weights != nil { titled.name += ", unweighted" }
      return titled
    }

    /// A phrase that says which samples these are.
    var description: String {
      let samples = data.count.counted("sample")
      return switch role {
      case .training:
        "on the \(samples) \(isLearned ? "the model was trained on" : "of the training set"): the experiment has no other part"
      case .validation: "on the validation set, \(samples)\(overlap): the experiment has no test set"
      case .test: "on the test set, \(samples)" + overlap
      case .file: "on the \(samples) of \(file.excerpt)"
      }
    }

    private var overlap: String {
      learned == 0
        ? ""
        : isLearned ? ", all of which were used in training" : ", \(learned.grouped) of which were used in training"
    }
  }

  /// The experiment's training set; nil for a file.
  let training: Part?
  /// The experiment's test set, or else its validation set; for a file, all rows; nil if there is neither set.
  let held: Part?
  /// The samples the model was not trained on, if any; otherwise the training set.
  let measured: Part

  /// Loads the samples for `model`.
  ///
  /// - Parameters:
  ///   - argument: a CSV file, a JSON file or a built-in experiment; nil for the model's own experiment.
  ///   - name: the name of a file; nil to use its path.
  ///   - targets: the target columns of a CSV file; empty for the model's own.
  /// - Throws: if the samples cannot be read or do not have the model's features.
  init(for model: Model, from argument: String?, named name: String? = nil, targets: [String] = [], in tool: Tool)
    throws
  {
    guard let argument else {
      guard model.experiment.data != nil else {
        throw UsageMistake(
          "the model does not record its data", at: "--data", expected: "a CSV file or an experiment")
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
    try self.init(for: model, parts: source.experiment.located(in: source.folder))
  }

  private init(for model: Model, parts experiment: Experiment) throws {
    // The same data may have been split differently for the model.
    let isOwn = try model.experiment.data.map { try JSON(part: $0) } == experiment.data.map { try JSON(part: $0) }
    var samples = try model.selectFeatures(of: experiment.load(for: isOwn ? model.experiment.split : nil))
    if !experiment.name.isEmpty { samples.name = experiment.name }
    let divided = try experiment.divide(samples)
    let parts = divided.parts
    let learnedFrom =
      isOwn ? try Set(model.experiment.split?.parts(of: samples).training ?? Array(0..<samples.count)) : []
    func part(_ role: Part.Role, _ indices: [Int]) throws -> Part? {
      try samples.part(indices).map { Part(role: role, data: $0, learned: indices.count(where: learnedFrom.contains)) }
    }
    let learned = try part(.training, parts.training) ?? Part(role: .training, data: samples, learned: samples.count)
    let file = experiment.split?.testFile == nil ? nil : divided.test
    let tested = try file.map { Part(role: .test, data: try model.selectFeatures(of: $0), learned: 0) }
    let held = try tested ?? part(.test, parts.test) ?? part(.validation, parts.validation)
    self.init(training: learned, held: held, measured: held ?? learned)
  }

  private init(training: Part?, held: Part?, measured: Part) {
    (self.training, self.held, self.measured) = (training, held, measured)
  }

  /// The training set and, if there is one, the held-out set; for a file, only its rows.
  var drawn: [Part] {
    guard let training else { return [measured] }
    return [training] + [held].compactMap { $0?.isLearned == false ? $0 : nil }
  }

  private static func isExperiment(_ argument: String, in tool: Tool) throws -> Bool {
    if tool.experiment(named: argument) != nil { return true }
    guard InputFile.exists(argument) else { return !argument.lowercased().contains(".csv") }
    return try InputFile.isJSON(argument)
  }

  /// The rows of a CSV file, read in the same way as the model's own data.
  private static func table(_ path: String, targets: [String], for model: Model) throws -> Dataset {
    let targets = targets.isEmpty ? model.targets : targets
    guard !targets.isEmpty else {
      throw UsageMistake(
        "the model does not record its targets", at: "--target", expected: "the name of a column",
        remedy: #"give it, or in Swift add it before writing the model: model.targets = ["y"]"#)
    }
    var source = model.experiment.data as? CSV ?? CSV()
    (source.path, source.target) = (path, ColumnNames(targets))
    return try model.columns.isEmpty ? source.load() : source.load(columns: model.columns)
  }
}

extension Model {
  /// The samples with the model's features, in the model's order.
  fileprivate func selectFeatures(of data: Dataset) throws -> Dataset {
    let width = featureCount
    let names = columns.isEmpty ? data.inputNames : columns
    var selected = data
    if data.inputNames != names {
      let indices = try names.map { name in
        guard let index = data.inputNames.firstIndex(of: name) else {
          throw GliaError(
            "no feature '\(name.excerpt)', which the model uses", at: data.name,
            expected: "the features \(names.prefix(20).joined(separator: ", "))")
        }
        return index
      }
      selected = try data.selecting(features: indices)
    }
    selected.targetScaling = targetScaling
    guard selected.inputs.width == width else {
      throw GliaError(
        "samples with \(selected.inputs.width.counted("feature")) for a model with \(width)", at: data.name,
        expected: "the same number of features")
    }
    return selected
  }
}

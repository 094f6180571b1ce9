import Glia

/// The samples that a trained model is measured or drawn on.
struct ModelSamples {
  /// What an experiment learns from; nil for a file.
  let training: Dataset?
  /// An experiment's test part, or all its samples if it has none; all rows of a file.
  let tested: Dataset

  /// Loads the samples for `model`.
  ///
  /// - Parameters:
  ///   - argument: a CSV file, a JSON file or a built-in experiment; nil for the experiment that the model was trained by.
  ///   - targets: the columns of a CSV file to compare with; empty for those of the model.
  /// - Throws: when they cannot be read or do not have the model's features.
  init(for model: Model, from argument: String?, targets: [String] = [], in tool: Tool) throws {
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
      self.init(training: nil, tested: try model.selectFeatures(of: rows))
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
    let parts = try experiment.split?.parts(of: samples)
    self.init(
      training: parts.map { samples.part($0.training) } ?? samples,
      tested: parts.flatMap { samples.part($0.test) } ?? samples)
  }

  private init(training: Dataset?, tested: Dataset) { (self.training, self.tested) = (training, tested) }

  /// What was learned from and, if they are others, the samples that were not; of a file, its rows alone.
  var drawn: (first: Dataset, held: Dataset?) {
    guard let training else { return (tested, nil) }
    return (training, training.inputs == tested.inputs ? nil : tested)
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
      selected = data.selecting(features: indices)
    }
    guard selected.inputs.width == width else {
      throw GliaError(
        "samples of \(selected.inputs.width.counted("feature")) for a model of \(width)", at: data.name,
        expected: "equally many")
    }
    return selected
  }
}

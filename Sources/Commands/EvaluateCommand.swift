import ArgumentParser
import Glia

/// `glia evaluate`.
struct EvaluateCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure a trained model on data with known targets.",
    discussion: """
      Prints one line 'name value' for the loss and each metric; of confusion_matrix, the rows of the true classes. Of a CSV file all rows are taken, features and targets by \
      their names; of an experiment its test part, or all samples if it has none.

      Examples:
        glia evaluate glia-output/moons/model.safetensors --data moons
        glia evaluate model.safetensors --data experiment.json
        glia evaluate model.safetensors --data iris.csv
      """)

  @Argument(help: "A model.safetensors.", completion: .file(extensions: ["safetensors"]))
  var model: String

  @Option(
    help: ArgumentHelp("A CSV file, or an experiment (a JSON file or a built-in name).", valueName: "file|experiment"),
    completion: KnownNames.experiment)
  var data: String

  @Option(help: ArgumentHelp("The CSV column to compare with; repeatable (default: the model's).", valueName: "column"))
  var target: [String] = []

  func run(with tool: Tool) throws {
    let model = try Model(contentsOf: model, with: tool.registry)
    let samples = try model.selectFeatures(
      of: try isExperiment(in: tool) ? testPart(in: tool) : table(for: model))
    let evaluation = try model.evaluate(samples)
    let lines = [MetricValue("loss", evaluation.loss)] + evaluation.metrics
    try Console.write(lines.map { "\($0.name) \($0.text)\n" }.joined())
  }

  private func isExperiment(in tool: Tool) throws -> Bool {
    if tool.experiment(named: data) != nil || !InputFile.exists(data) { return true }
    return try InputFile.isJSON(data)
  }

  /// The experiment's test part, or all its samples.
  private func testPart(in tool: Tool) throws -> Dataset {
    let source = try ExperimentSource(data, in: tool)
    var experiment = source.experiment
    experiment.data = experiment.data?.located(in: source.folder)
    let samples = try experiment.load()
    return try experiment.split.flatMap { samples.part(try $0.parts(of: samples).test) } ?? samples
  }

  /// The rows of a CSV file, read as the model's own data were.
  private func table(for model: Model) throws -> Dataset {
    let targets = target.isEmpty ? model.targets : target
    guard !targets.isEmpty else {
      throw UsageMistake("the model does not say what it learned", at: "--target", expected: "the name of a column")
    }
    var source = model.experiment.data as? CSV ?? CSV()
    (source.path, source.target) = (data, ColumnNames(targets))
    return try model.columns.isEmpty ? source.load() : source.load(columns: model.columns)
  }
}

extension MetricValue {
  /// The matrix on one line, or the value.
  fileprivate var text: String {
    guard let matrix else { return value.isFinite ? value.shortest : value.brief }
    return "\(matrix)".filter { $0 != " " }
  }
}

extension Model {
  /// The samples with the features that the model knows, in its order.
  func selectFeatures(of data: Dataset) throws -> Dataset {
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
      let values = (0..<data.inputs.rows).flatMap { row in
        let sample = data.inputs[row: row]
        return indices.map { sample[sample.startIndex + $0] }
      }
      selected.inputs = try Tensor(shape: [data.inputs.rows, indices.count], values)
      selected.inputNames = names
    }
    guard selected.inputs.width == width else {
      throw GliaError(
        "samples of \(selected.inputs.width.counted("feature")) for a model of \(width)", at: data.name,
        expected: "equally many")
    }
    return selected
  }
}

import ArgumentParser
import Glia

/// `glia evaluate`.
struct EvaluateCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Evaluate a trained model on data with known targets.",
    discussion: """
      Prints one line 'name value' for the loss and each metric; each row of confusion_matrix is a true class. For a \
      CSV file, uses all rows and finds features and targets by name. For an experiment, uses its test set, or else its \
      validation set, or else its training set. A note on standard error says which samples were used, and how many. \
      Use - for standard input.

      Examples:
        glia evaluate glia-output/moons/model.safetensors --data moons
        glia evaluate model.safetensors --data experiment.json
        glia evaluate model.safetensors --data iris.csv
      """)

  @Argument(help: "A model.safetensors, or the folder of a run.", completion: .file(extensions: ["safetensors"]))
  var model: String

  @Option(
    help: ArgumentHelp("A CSV file, or an experiment (a JSON file or a built-in name).", valueName: "file|experiment"),
    completion: KnownNames.experiment)
  var data: String

  @Option(help: ArgumentHelp("Target column of a CSV file; repeatable (default: the model's).", valueName: "column"))
  var target: [String] = []

  @Option(
    help: ArgumentHelp("Output file (default: standard output).", valueName: "file"), completion: .file())
  var output: String?

  func run(with tool: Tool) throws {
    let file = try OutputFile(output)
    let model = try Model(contentsOf: OutputFolder.file("model.safetensors", at: model), with: tool.registry)
    let samples = try InputFile.withRereadable(data) {
      try ModelSamples(for: model, from: $0, named: $1, targets: target, in: tool).measured
    }
    for warning in samples.data.warnings { Console.note("warning: \(warning)") }
    let evaluation = try model.evaluate(samples.data)
    Console.note("note: evaluated \(samples.description)")
    let lines = [MetricValue("loss", evaluation.loss)] + evaluation.metrics
    try file.write(lines.map { "\($0.name) \($0.text)\n" }.joined())
  }
}

extension MetricValue {
  /// The confusion matrix on one line, or the value.
  fileprivate var text: String {
    guard let matrix else { return value.isFinite ? value.shortest : value.brief }
    return "\(matrix)".filter { $0 != " " }
  }
}

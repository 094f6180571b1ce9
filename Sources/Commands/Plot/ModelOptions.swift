import ArgumentParser
import GliaCore
import GliaVisuals

/// A trained model and the samples that it is drawn with.
struct ModelOptions: ParsableArguments {
  @Argument(help: "A model.safetensors, or the folder of a run.", completion: .file(extensions: ["safetensors"]))
  var model: String

  @Option(
    help: ArgumentHelp(
      "A CSV file, or an experiment (a JSON file or a built-in name); default: the model's own experiment.",
      valueName: "file|experiment"), completion: KnownNames.experiment)
  var data: String?

  @Option(help: ArgumentHelp("The CSV column to compare with; repeatable (default: the model's).", valueName: "column"))
  var target: [String] = []

  /// The model.
  func load(in tool: Tool) throws -> Model {
    try Model(contentsOf: OutputFolder.file("model.safetensors", at: model), with: tool.registry)
  }

  /// The samples for the model.
  func samples(for model: Model, in tool: Tool) throws -> ModelSamples {
    guard let data else { return try ModelSamples(for: model, from: nil, targets: target, in: tool) }
    return try InputFile.withRereadable(data) {
      try ModelSamples(for: model, from: $0, named: $1, targets: target, in: tool)
    }
  }
}

extension Model {
  /// Refuses the picture of a kind that needs classes.
  func requireClasses(for kind: String, at path: String) throws {
    guard classes.isEmpty else { return }
    throw GliaError(
      "the model tells no classes apart, so there is no \(kind.replacing("_", with: "-"))", at: path,
      expected: "a classifier of two or more classes", remedy: "draw its residuals instead: glia plot residuals")
  }

  /// `figure`, whose file also says how the model came about.
  func plotted(_ figure: any Figure) throws -> PlottedFigure {
    var figure = figure
    figure.page.text = try experiment.pictureText
    return PlottedFigure(figure: figure)
  }
}

extension Experiment {
  /// What the file of a picture says about how it came about.
  var pictureText: [PNG.Text] {
    get throws { [PNG.Text("Seed", "\(training.seed)"), PNG.Text("Config", try json().compact)] }
  }

  /// How it is trained, such as `adam 0.03 · seed 0`.
  var trainingInShort: String {
    let optimizer = training.optimizer.map { "\(type(of: $0).name) \(Double($0.learningRate).brief)" }
    return [optimizer ?? "", "seed \(training.seed)"].filter { !$0.isEmpty }.joined(separator: " · ")
  }

  /// What is trained and how, such as `moons · adam 0.03 · seed 0`.
  var nameAndTraining: String { name.isEmpty ? trainingInShort : "\(name) · \(trainingInShort)" }
}

import ArgumentParser
import GliaCore
import GliaVisuals

/// A trained model, and the samples to plot it with.
struct ModelOptions: ParsableArguments {
  @Argument(help: "A model.safetensors, or the folder of a run.", completion: .file(extensions: ["safetensors"]))
  var model: String

  @Option(
    help: ArgumentHelp(
      "CSV file or experiment (a JSON file or a built-in name; default: the model's own experiment).",
      valueName: "file|experiment"), completion: KnownNames.experiment)
  var data: String?

  @Option(help: ArgumentHelp("Target column of a CSV file; repeatable (default: the model's).", valueName: "column"))
  var target: [String] = []

  /// Loads the model.
  func load(in tool: Tool) throws -> Model {
    try Model(contentsOf: OutputFolder.file("model.safetensors", at: model), with: tool.registry)
  }

  /// Loads the samples for the model.
  func samples(for model: Model, in tool: Tool) throws -> ModelSamples {
    guard let data else { return try ModelSamples(for: model, from: nil, targets: target, in: tool) }
    return try InputFile.withRereadable(data) {
      try ModelSamples(for: model, from: $0, named: $1, targets: target, in: tool)
    }
  }
}

extension Model {
  /// Throws if the model has no classes, which plots of this kind need.
  func requireClasses(for kind: String, at path: String) throws {
    guard classes.isEmpty else { return }
    guard experiment.training.loss != nil else {
      throw GliaError(
        "the model does not say which classes it predicts", at: path,
        expected: "a model of glia train, or training.model in Swift",
        remedy: #"in Swift, add them before writing the model: model.classes = ["no", "yes"]"#)
    }
    throw GliaError(
      "the model is not a classifier, so it has no \(kind.replacing("_", with: "-")) plot", at: path,
      expected: "a classifier", remedy: "plot its residuals instead: glia plot residuals")
  }

  /// `figure`, with the seed and the experiment as PNG metadata.
  func plotted(_ figure: any Figure) throws -> PlottedFigure {
    var figure = figure
    figure.page.text = try experiment.pictureText
    return PlottedFigure(figure: figure)
  }
}

extension Experiment {
  /// PNG metadata: the seed and the experiment.
  var pictureText: [PNG.Text] {
    get throws { [PNG.Text("Seed", "\(training.seed)"), PNG.Text("Config", try json().compact)] }
  }

  /// A short description of the training, such as `adam 0.03 · seed 0`.
  var trainingInShort: String {
    let optimizer = training.optimizer.map { "\(type(of: $0).name) \(Double($0.learningRate).brief)" }
    return [optimizer ?? "", "seed \(training.seed)"].filter { !$0.isEmpty }.joined(separator: " · ")
  }

  /// The name and a short description of the training, such as `moons · adam 0.03 · seed 0`.
  var nameAndTraining: String { name.isEmpty ? trainingInShort : "\(name) · \(trainingInShort)" }
}

import ArgumentParser
import Glia
import GliaVisuals

/// `glia plot dependence`.
struct DependencePlot: PlotKind {
  static let kind = "dependence"
  static let configuration = described(
    "Plot how a model's output depends on its inputs (partial dependence with ICE).",
    """
    The thick line is the mean output over the samples when the input is set to each value (Friedman, 2001); the thin lines \
    are single samples (Goldstein et al., 2015). Thin lines that are not parallel mean that the effect depends on other \
    inputs. The output is a target in its own unit, or the probability of a class.

    For an experiment, uses the test set, or else the validation set, or else the training set, as the title says. For a \
    CSV file, uses all rows.

    Examples:
      glia plot dependence houses/model.safetensors
      glia plot dependence model.safetensors --data test.csv --features area,city --output area.png
      glia plot dependence iris.safetensors --class setosa
    """)

  @OptionGroup(title: "Data options") var subject: ModelOptions

  @Option(
    help: ArgumentHelp("Inputs to plot, by name (default: the six most important).", valueName: "a,b,..."))
  var features: String?

  @Option(
    name: .customLong("class"),
    help: ArgumentHelp("Class of a classifier (default: the second of two, or the first).", valueName: "name"))
  var className: String?

  @Option(
    name: .customLong("of"), help: ArgumentHelp("Target of a regression (default: the first).", valueName: "target"))
  var drawn: String?

  @OptionGroup(title: "Plot options") var page: PageOptions

  func figure(with tool: Tool) throws -> PlottedFigure {
    let model = try subject.load(in: tool)
    let output = try output(of: model)
    let samples = try subject.samples(for: model, in: tool).measured
    let known = model.inputs(of: samples.data)
    let inputs = try features.map { try Self.inputs($0, among: known) } ?? important(known, model, samples.data)
    var figure = try PartialDependencePlot(of: model, on: samples.titled, inputs: inputs, output: output)
    figure.subtitle = model.experiment.trainingInShort
    return try model.plotted(figure)
  }

  private static let mostInputs = 6
  /// Samples that are enough to rank the inputs.
  private static let rankedSamples = 1_000

  private func important(_ inputs: [ModelInput], _ model: Model, _ data: Dataset) throws -> [ModelInput] {
    guard inputs.count > 1, data.count > 1, model.experiment.training.loss != nil else {
      return Array(inputs.prefix(Self.mostInputs))
    }
    let step = max(data.count / Self.rankedSamples, 1)
    let some = try data.part(Array(stride(from: 0, to: data.count, by: step))) ?? data
    return try model.importance(on: some, repeats: 3).inputs.prefix(Self.mostInputs).map(\.input)
  }

  /// The index of the class or target to plot; nil for the default.
  private func output(of model: Model) throws -> Int? {
    if model.classes.isEmpty {
      if className != nil {
        throw UsageMistake(
          "the model is not a classifier", at: "--class", expected: "a classifier", remedy: "use --of for a target")
      }
      return try drawn.map { try Self.place(of: $0, among: model.targets, "target", "--of") }
    }
    if drawn != nil {
      throw UsageMistake("the model is a classifier", at: "--of", expected: "a regression", remedy: "use --class")
    }
    return try className.map { try Self.place(of: $0, among: model.classes, "class", "--class") }
  }

  private static func place(of name: String, among names: [String], _ what: String, _ option: String) throws -> Int {
    guard let index = names.firstIndex(of: name) else {
      throw UsageMistake(
        "no \(what) '\(name.excerpt)'", at: option,
        expected: "one of \(names.prefix(20).map(\.excerpt).joined(separator: ", "))",
        remedy: Suggestion.nearest(to: name, among: names).map { "did you mean '\($0.excerpt)'?" })
    }
    return index
  }

  /// The inputs in `text`, separated by commas; the names themselves may also contain commas.
  static func inputs(_ text: String, among known: [ModelInput]) throws -> [ModelInput] {
    let names = known.map(\.name)
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    var chosen: [Int] = []
    var start = 0
    while start < parts.count {
      // The longest name that fits.
      let most = min(parts.count - start, 20)
      let fitting = (1...most).reversed().first { names.contains(parts[start..<start + $0].joined(separator: ",")) }
      let index = try place(
        of: parts[start..<start + (fitting ?? 1)].joined(separator: ","), among: names, "input", "--features")
      if chosen.contains(index) {
        throw UsageMistake(
          "'\(names[index].excerpt)' is listed twice", at: "--features", expected: "each input once")
      }
      chosen.append(index)
      start += fitting ?? 1
    }
    return chosen.map { known[$0] }
  }
}

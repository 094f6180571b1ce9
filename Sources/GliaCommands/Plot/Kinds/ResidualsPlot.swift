import ArgumentParser
import GliaCore
import GliaVisuals

/// `glia plot residuals`.
struct ResidualsPlot: PlotKind {
  static let kind = "residuals"
  static let configuration = described(
    "Plot the predictions and residuals of a regression.",
    """
    For an experiment, uses the test set, or else the validation set, or else the training set, as the title says. For a \
    CSV file, uses all rows.

    Examples:
      glia plot residuals glia-output/sine/model.safetensors
      glia plot residuals houses/model.safetensors --data test.csv --of price
    """)

  @OptionGroup(title: "Data options") var subject: ModelOptions

  @Option(
    name: .customLong("of"), help: ArgumentHelp("Target to plot (default: the first).", valueName: "target"))
  var drawn: String?

  @OptionGroup(title: "Plot options") var page: PageOptions

  func figure(with tool: Tool) throws -> PlottedFigure {
    let model = try subject.load(in: tool)
    guard !model.targetEncoding.isClassification else {
      throw GliaError(
        "the model predicts classes, so there are no residuals", at: subject.model, expected: "a regression model",
        remedy: "plot a confusion matrix instead: glia plot confusion")
    }
    let samples = try subject.samples(for: model, in: tool)
    return try model.plotted(
      ResidualPlot(of: model, on: samples.measured.titled, target: index(in: samples.measured.data)))
  }

  private func index(in data: Dataset) throws -> Int {
    guard let drawn else { return 0 }
    let names = data.targets.map(\.name)
    guard let index = names.firstIndex(of: drawn) else {
      throw UsageMistake(
        "no target '\(drawn.excerpt)'", at: "--of", expected: "one of \(names.prefix(20).joined(separator: ", "))",
        remedy: Suggestion.nearest(to: drawn, among: names).map { "did you mean '\($0)'?" })
    }
    return index
  }
}

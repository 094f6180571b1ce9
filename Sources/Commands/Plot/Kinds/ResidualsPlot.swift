import ArgumentParser
import GliaCore
import GliaVisuals

/// `glia plot residuals`.
struct ResidualsPlot: PlotKind {
  static let kind = "residuals"
  static let configuration = described(
    "What a regression predicts, and what it leaves unexplained.",
    """
    The samples are the test part of an experiment, else its validation part, else those learned from, as the title says; \
    of a CSV file all rows.

    Examples:
      glia plot residuals glia-output/sine/model.safetensors
      glia plot residuals houses/model.safetensors --data test.csv --of price
    """)

  @OptionGroup(title: "The samples") var subject: ModelOptions

  @Option(
    name: .customLong("of"), help: ArgumentHelp("Which target is drawn (default: the first).", valueName: "target"))
  var drawn: String?

  @OptionGroup(title: "The picture") var page: PageOptions

  func figure(with tool: Tool) throws -> PlottedFigure {
    let model = try subject.load(in: tool)
    guard !model.targetEncoding.isClassification else {
      throw GliaError(
        "the model predicts classes, so there are no residuals", at: subject.model, expected: "a regression",
        remedy: "draw its confusion matrix instead: glia plot confusion")
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

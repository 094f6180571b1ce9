import ArgumentParser
import Glia

/// `glia plot importance`.
struct ImportancePlot: PlotKind {
  static let kind = "importance"
  static let configuration = described(
    "Plot how much a model relies on each of its inputs (permutation importance).",
    """
    For an experiment, uses the test set, or else the validation set, or else the training set, as the title says. For a \
    CSV file, uses all rows. See glia importance --help for what is measured, and for the numbers.

    Examples:
      glia plot importance glia-output/flowers/model.safetensors
      glia plot importance model.safetensors --data test.csv --metric accuracy --repeats 30
    """)

  @OptionGroup(title: "Data options") var subject: ModelOptions
  @OptionGroup var options: ImportanceOptions
  @OptionGroup(title: "Plot options") var page: PageOptions

  func figure(with tool: Tool) throws -> PlottedFigure {
    let model = try subject.load(in: tool)
    let samples = try subject.samples(for: model, in: tool).measured
    let importance = try options.measure(model, on: samples.data, in: tool)
    return PlottedFigure(figure: try model.importanceFigure(importance, of: samples))
  }
}

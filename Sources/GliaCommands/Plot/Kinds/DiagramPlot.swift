import ArgumentParser
import GliaCore
import GliaVisuals

/// `glia plot diagram`.
struct DiagramPlot: PlotKind {
  static let kind = "diagram"
  static let configuration = described(
    "Plot a network diagram: lines show the sign and size of the weights.",
    """
    For a model with two inputs, each unit is a small map of its output; the samples are shown on the output units.

    Examples:
      glia plot diagram glia-output/moons/model.safetensors
    """)

  @OptionGroup(title: "Data options") var subject: ModelOptions
  @OptionGroup(title: "Plot options") var page: PageOptions

  func figure(with tool: Tool) throws -> PlottedFigure {
    let model = try subject.load(in: tool)
    guard model.featureCount == 2 || subject.data != nil else {
      // A diagram without maps needs no samples.
      let outputs = model.classes.count == model.network.output.reduce(1, *) ? model.classes : model.targets
      var diagram = NetworkDiagram(
        of: model.network, inputNames: try model.preprocessing.names(of: model.columns), outputNames: outputs)
      if !model.experiment.name.isEmpty { diagram.title = "\(model.experiment.name) · \(diagram.title)" }
      return try model.plotted(diagram)
    }
    let samples = try subject.samples(for: model, in: tool)
    return try model.plotted(
      NetworkDiagram(
        of: model.network, on: samples.measured.titled, classes: model.knownClasses,
        preprocessing: model.preprocessing))
  }
}

/// `glia plot units`.
struct UnitsPlot: PlotKind {
  static let kind = "units"
  static let configuration = described(
    "Plot the output of every unit of a model with two inputs as a map.",
    """
    A line marks the boundary where a unit becomes active; units that are never active in the plane are marked as dead.

    Examples:
      glia plot units glia-output/moons/model.safetensors
    """)

  @OptionGroup(title: "Data options") var subject: ModelOptions
  @OptionGroup(title: "Plot options") var page: PageOptions

  func figure(with tool: Tool) throws -> PlottedFigure {
    let model = try subject.load(in: tool)
    let samples = try subject.samples(for: model, in: tool)
    return try model.plotted(
      UnitMaps(
        of: model.network, on: samples.measured.titled, classes: model.knownClasses,
        preprocessing: model.preprocessing))
  }
}

extension Model {
  /// The classes, or nil if the model has none.
  fileprivate var knownClasses: [String]? { classes.isEmpty ? nil : classes }
}

import ArgumentParser
import GliaCore
import GliaVisuals

/// `glia plot diagram`.
struct DiagramPlot: PlotKind {
  static let kind = "diagram"
  static let configuration = described(
    "A model's units and links, coloured by the sign of the weight and as wide as it is large.",
    """
    Of a model of two inputs, units are small maps of what they compute, with the samples over the outputs.

    Examples:
      glia plot diagram glia-output/moons/model.safetensors
    """)

  @OptionGroup(title: "The samples") var subject: ModelOptions
  @OptionGroup(title: "The picture") var page: PageOptions

  func figure(with tool: Tool) throws -> PlottedFigure {
    let model = try subject.load(in: tool)
    guard model.network.input.reduce(1, *) == 2 || subject.data != nil else {
      // Without maps no samples are needed.
      let outputs = model.classes.count == model.network.output.reduce(1, *) ? model.classes : model.targets
      var diagram = NetworkDiagram(of: model.network, inputNames: model.columns, outputNames: outputs)
      if !model.experiment.name.isEmpty { diagram.title = "\(model.experiment.name) · \(diagram.title)" }
      return try model.plotted(diagram)
    }
    let samples = try subject.samples(for: model, in: tool)
    return try model.plotted(
      NetworkDiagram(
        of: model.network, on: samples.measured.titled, classes: model.knownClasses,
        standardization: model.standardization))
  }
}

/// `glia plot units`.
struct UnitsPlot: PlotKind {
  static let kind = "units"
  static let configuration = described(
    "What every unit of a model of two inputs computes, as a small map of the plane.",
    """
    A line shows where a unit begins to be active; units that never are in the plane are called dead.

    Examples:
      glia plot units glia-output/moons/model.safetensors
    """)

  @OptionGroup(title: "The samples") var subject: ModelOptions
  @OptionGroup(title: "The picture") var page: PageOptions

  func figure(with tool: Tool) throws -> PlottedFigure {
    let model = try subject.load(in: tool)
    let samples = try subject.samples(for: model, in: tool)
    return try model.plotted(
      UnitMaps(
        of: model.network, on: samples.measured.titled, classes: model.knownClasses,
        standardization: model.standardization))
  }
}

extension Model {
  /// The classes, or nil for a model without any.
  fileprivate var knownClasses: [String]? { classes.isEmpty ? nil : classes }
}

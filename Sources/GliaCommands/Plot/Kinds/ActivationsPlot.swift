import ArgumentParser
import GliaCore
import GliaVisuals

/// `glia plot activations`.
struct ActivationsPlot: PlotKind {
  static let kind = "activations"
  static let configuration = described(
    "Plot activation functions and their derivatives.",
    """
    Examples:
      glia plot activations
      glia plot activations relu leaky_relu elu --output three.png
    """)

  @Argument(help: "Activations to plot (default: all).", completion: KnownNames.activation)
  var names: [String] = []

  @OptionGroup(title: "Plot options") var page: PageOptions

  func figure(with tool: Tool) throws -> PlottedFigure {
    guard !names.isEmpty else { return PlottedFigure(figure: ActivationGallery(tool.registry)) }
    let activations = try UsageMistake.locating("NAME") {
      try names.map { try tool.registry.make((any Activation).self, named: $0) }
    }
    var gallery = ActivationGallery(activations)
    // A single row needs a shorter page.
    if activations.count < 4 { gallery.page.height = min(gallery.page.width / activations.count + 220, 1200) }
    return PlottedFigure(figure: gallery)
  }
}

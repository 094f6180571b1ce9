import ArgumentParser
import GliaCore
import GliaVisuals

/// `glia plot activations`.
struct ActivationsPlot: PlotKind {
  static let kind = "activations"
  static let configuration = described(
    "Activations and their derivatives, side by side.",
    """
    Examples:
      glia plot activations
      glia plot activations relu leaky_relu elu --output three.png
    """)

  @Argument(help: "Names of activations; none for all.", completion: KnownNames.activation)
  var names: [String] = []

  @OptionGroup(title: "The picture") var page: PageOptions

  func figure(with tool: Tool) throws -> PlottedFigure {
    guard !names.isEmpty else { return PlottedFigure(figure: ActivationGallery(tool.registry)) }
    let activations = try UsageMistake.locating("NAME") {
      try names.map { try tool.registry.make((any Activation).self, named: $0) }
    }
    var gallery = ActivationGallery(activations)
    // One row needs no page of many.
    if activations.count < 4 { gallery.page.height = min(gallery.page.width / activations.count + 220, 1200) }
    return PlottedFigure(figure: gallery)
  }
}

import ArgumentParser
import GliaCore
import GliaVisuals

/// `glia plot gradients`.
struct GradientsPlot: PlotKind {
  static let kind = "gradients"
  static let configuration = described(
    "Train, and draw the norm of every layer's gradient over the epochs.",
    """
    A gradient that vanishes or explodes on its way to the first layer is seen at once. Epoch 0 is before the first step; the \
    gradient is that of the mean loss over the samples learned from. No model is written.

    Examples:
      glia plot gradients moons
      glia plot gradients deep.json --epochs 50 --set network.layers.0.activation=relu
    """)

  @OptionGroup var recording: Recording
  @OptionGroup(title: "The picture") var page: PageOptions

  func figure(with tool: Tool) throws -> PlottedFigure {
    var flow = GradientFlow()
    flow.firstStep = 0
    let (experiment, failure) = try recording.train(with: tool) {
      try flow.record($0.network, on: $0.samples, loss: $0.loss, classes: $0.classes.isEmpty ? nil : $0.classes)
    }
    flow.subtitle = experiment.nameAndTraining.typeset
    flow.page.text = try experiment.pictureText
    return PlottedFigure(figure: flow, failure: failure)
  }
}

/// `glia plot histograms`.
struct HistogramsPlot: PlotKind {
  static let kind = "histograms"
  static let configuration = described(
    "Train, and draw how the weights and activations of every layer are distributed over the epochs.",
    """
    Units that give 0 for every sample are counted as dead. Epoch 0 is before the first step. No model is written.

    Examples:
      glia plot histograms moons
      glia plot histograms wide.json --epochs 30 --learning-rate 0.1
    """)

  @OptionGroup var recording: Recording
  @OptionGroup(title: "The picture") var page: PageOptions

  func figure(with tool: Tool) throws -> PlottedFigure {
    var histograms = LayerHistograms()
    let (experiment, failure) = try recording.train(with: tool) {
      try histograms.record($0.network, on: $0.samples, step: $0.epoch)
    }
    histograms.subtitle = experiment.nameAndTraining.typeset
    histograms.page.text = try experiment.pictureText
    return PlottedFigure(figure: histograms, failure: failure)
  }
}

import ArgumentParser
import GliaCore
import GliaVisuals

/// `glia plot gradients`.
struct GradientsPlot: PlotKind {
  static let kind = "gradients"
  static let configuration = described(
    "Train, and plot the gradient norm of every layer over the epochs.",
    """
    Shows vanishing and exploding gradients. Epoch 0 is before the first step; the gradient is that of the mean loss over \
    the training set. No model is saved.

    Examples:
      glia plot gradients moons
      glia plot gradients deep.json --epochs 50 --set network.layers.0.activation=relu
    """)

  @OptionGroup var recording: Recording
  @OptionGroup(title: "Plot options") var page: PageOptions

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
    "Train, and plot histograms of the weights and activations of every layer over the epochs.",
    """
    Units that output 0 for every sample are counted as dead. Epoch 0 is before the first step. No model is saved.

    Examples:
      glia plot histograms moons
      glia plot histograms wide.json --epochs 30 --learning-rate 0.1
    """)

  @OptionGroup var recording: Recording
  @OptionGroup(title: "Plot options") var page: PageOptions

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

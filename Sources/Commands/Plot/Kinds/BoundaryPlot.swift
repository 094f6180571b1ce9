import ArgumentParser
import GliaCore
import GliaVisuals

/// `glia plot boundary`.
struct BoundaryPlot: PlotKind {
  static let kind = "boundary"
  static let configuration = described(
    "What a model of two inputs makes of the plane: classes and their boundary, or a surface.",
    """
    Of an experiment, filled points were learned from and hollow ones are its test part; of a CSV file all rows are drawn. \
    Wrong ones are crossed out.

    Examples:
      glia plot boundary glia-output/moons/model.safetensors
      glia plot boundary model.safetensors --data new.csv --output new.png
    """)

  @OptionGroup(title: "The samples") var subject: ModelOptions
  @OptionGroup(title: "The picture") var page: PageOptions

  func figure(with tool: Tool) throws -> PlottedFigure {
    let model = try subject.load(in: tool)
    let (inputs, outputs) = (model.network.input.reduce(1, *), model.network.output.reduce(1, *))
    guard inputs == 2 else {
      throw GliaError(
        "a boundary of \(inputs.counted("input"))", at: subject.model,
        expected: "a model of two inputs, the axes of a plane",
        remedy: model.classes.isEmpty ? "draw its residuals" : "draw its confusion matrix")
    }
    let samples = try subject.samples(for: model, in: tool)
    guard model.classes.isEmpty else { return try model.plotted(boundary(of: model, samples)) }
    guard outputs == 1 else {
      throw GliaError(
        "a surface of \(outputs) outputs", at: subject.model, expected: "classes, or one number",
        remedy: "draw the maps of its units: glia plot units")
    }
    return try model.plotted(surface(of: model, samples))
  }

  private func boundary(of model: Model, _ samples: ModelSamples) throws -> DecisionBoundary {
    let (first, held) = samples.drawn
    var figure = try DecisionBoundary(
      of: model.network, on: first, test: held, classes: model.classes, standardization: model.standardization)
    if samples.training == nil { figure.points[0].name = figure.points[0].name.replacing("train", with: "data") }
    figure.subtitle = try results(of: model, samples)
    return figure
  }

  private func surface(of model: Model, _ samples: ModelSamples) throws -> RegressionSurface {
    let first = samples.drawn.first
    var figure = RegressionSurface(
      samples: try sets(of: samples).map { name, data in
        try RegressionSurface.Samples(
          name, data.inputs.values, targets: data.targets.first?.numbers() ?? [],
          marker: name == "test" ? .diamond : .circle)
      }
    ) { points in
      try model.predict(Tensor(shape: [points.count / 2, 2], points)).values
    }
    if first.inputNames != ["x1", "x2"] { figure.axes = (first.inputNames[0], first.inputNames[1]) }
    figure.quantity = first.targets.first?.name ?? "value"
    figure.title = "\(first.name) · \(model.network.architecture)"
    figure.subtitle = try results(of: model, samples)
    return figure
  }

  /// What is drawn, by its name.
  private func sets(of samples: ModelSamples) -> [(name: String, data: Dataset)] {
    let (first, held) = samples.drawn
    return [(samples.training == nil ? "data" : "train", first)] + (held.map { [("test", $0)] } ?? [])
  }

  /// How good the model is on each set of points.
  private func results(of model: Model, _ samples: ModelSamples) throws -> String {
    let settings = model.experiment.training
    guard settings.loss != nil else { return "" }
    return try sets(of: samples).map { "\($0) \(try settings.headline(model.evaluate($1)))" }.joined(separator: " · ")
  }
}

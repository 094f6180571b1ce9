import Foundation
import GliaCore

/// A picture with the name of its file.
public struct NamedFigure: Sendable {
  /// The name of the file.
  public let file: String
  /// The picture.
  public let figure: any Figure
}

extension Preparation {
  /// The pictures of a finished training: `loss.png`; for two inputs `boundary.png`; for one input and one number `fit.png`.
  ///
  /// - Parameters:
  ///   - model: the trained network.
  ///   - history: its epochs.
  ///   - results: what stands in the subtitle, such as `train 99.2 %`.
  ///   - stopReason: why the training ended.
  public func figures(
    of model: Model, history: [Epoch], results: [String], stopReason: StopReason? = nil
  ) throws -> [NamedFigure] {
    var figures: [NamedFigure] = []
    let words = [results.joined(separator: " · "), settings(after: history)].filter { !$0.isEmpty }.joined(
      separator: " · ")
    func add(_ file: String, _ figure: some Figure) throws {
      var figure = figure
      figure.title = title(of: model)
      figure.subtitle = words
      figure.page.text = [
        PNG.Text("Seed", "\(experiment.training.seed)"), PNG.Text("Config", try experiment.json().compact),
      ]
      figures.append(NamedFigure(file: file, figure: figure))
    }
    if !history.isEmpty { try add("loss.png", lossCurve(history, stopReason)) }
    let (width, outputs) = (model.network.input.reduce(1, *), model.network.output.reduce(1, *))
    let (shown, held) = (training.undoing(standardization), test?.undoing(standardization))
    if width == 2, training.targets.count == 1, !model.classes.isEmpty {
      try add(
        "boundary.png",
        DecisionBoundary(
          of: model.network, on: shown, test: isTestedOnItself ? nil : held, classes: model.classes,
          standardization: standardization))
    } else if width == 2, outputs == 1, model.classes.isEmpty {
      try add("boundary.png", surface(model, shown, held))
    } else if width == 1, outputs == 1, model.classes.isEmpty {
      try add("fit.png", fit(model, shown, held))
    }
    return figures
  }

  /// What the experiment is called, and its network.
  func title(of model: Model) -> String {
    "\(experiment.name.isEmpty ? training.name : experiment.name) · \(model.network.shortDescription)"
  }

  private var isTestedOnItself: Bool { test?.inputs == training.inputs }

  private func settings(after history: [Epoch]) -> String {
    var words: [String] = []
    if let last = history.last { words.append("epoch \(last.number)") }
    if let optimizer = experiment.training.optimizer {
      words.append("\(type(of: optimizer).name) \(optimizer.learningRate)")
    }
    return (words + ["seed \(experiment.training.seed)"]).joined(separator: " · ")
  }

  private func lossCurve(_ history: [Epoch], _ stopReason: StopReason?) -> LossCurve {
    var figure = LossCurve(
      training: history.map(\.training.loss), validation: history.compactMap { $0.validation?.loss })
    if let metric = history.first?.training.metrics.first {
      let isFraction = experiment.training.metrics?.first?.unit == "%"
      let name = metric.name.replacingOccurrences(of: "_", with: " ") + (isFraction ? " (%)" : "")
      func values(_ evaluations: [Evaluation]) -> [Double] {
        evaluations.compactMap { $0.metrics.first?.value }.map { isFraction ? 100 * $0 : $0 }
      }
      figure.metric = LossCurve.Quantity(
        name, training: values(history.map(\.training)), validation: values(history.compactMap(\.validation)))
    }
    let rates = history.map(\.learningRate)
    if Set(rates).count > 1 { figure.learningRates = rates }
    figure.events = LossCurve.Event.rateDrops(in: rates)
    let ends: [StopReason: String] = [.earlyStopping: "early stop", .diverged: "diverged", .interrupted: "interrupted"]
    if let last = history.last, let name = stopReason.flatMap({ ends[$0] }) {
      let kind: LossCurve.Event.Kind = stopReason == .earlyStopping ? .earlyStop : .other
      figure.events.append(LossCurve.Event(name, after: Double(last.number), kind: kind))
    }
    return figure
  }

  private func surface(_ model: Model, _ data: Dataset, _ test: Dataset?) throws -> RegressionSurface {
    func samples(_ name: String, _ data: Dataset) throws -> RegressionSurface.Samples {
      RegressionSurface.Samples(name, data.inputs.values, targets: try data.targets[0].numbers())
    }
    var figure = RegressionSurface(
      samples: try [samples("train", data)] + (test.map { [try samples("test", $0)] } ?? [])
    ) { points in
      try model.predict(Tensor(shape: [points.count / 2, 2], points)).values
    }
    figure.axes = (data.inputNames[0].withSubscript, data.inputNames[1].withSubscript)
    figure.quantity = data.targets[0].name
    return figure
  }

  private func fit(_ model: Model, _ data: Dataset, _ test: Dataset?) throws -> RegressionFit {
    func samples(_ name: String, _ data: Dataset, _ style: PointSet.Style) throws -> RegressionFit.Samples {
      RegressionFit.Samples(name, x: data.inputs.values, y: try data.targets[0].numbers(), style: style)
    }
    var figure = RegressionFit(
      samples: try [samples("train", data, .filled)] + (test.map { [try samples("test", $0, .hollow)] } ?? [])
    ) { x in
      try model.predict(Tensor(shape: [x.count, 1], x)).values
    }
    figure.axes = (data.inputNames[0].withSubscript, data.targets[0].name.withSubscript)
    return figure
  }
}

extension Dataset {
  /// The samples with their features as they were before standardization.
  func undoing(_ standardization: Standardization?) -> Dataset {
    guard let standardization else { return self }
    var copy = self
    copy.inputs = standardization.undone(inputs)
    return copy
  }
}

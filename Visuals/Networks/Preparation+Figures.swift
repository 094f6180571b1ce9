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
  ///   - bestEpoch: the epoch whose weights the model has, if they were restored when the training ended.
  ///   - omitting: is called with each file that there can be no picture for, and why.
  public func figures(
    of model: Model, history: [Epoch], results: [String], stopReason: StopReason? = nil, bestEpoch: Int? = nil,
    omitting: (_ file: String, _ reason: any Error) -> Void
  ) -> [NamedFigure] {
    var figures: [NamedFigure] = []
    let words = [results.joined(separator: " · "), settings(after: history, bestEpoch)].filter { !$0.isEmpty }.joined(
      separator: " · ")
    func add(_ file: String, _ figure: @autoclosure () throws -> some Figure) {
      do {
        var figure = try figure()
        figure.title = title(of: model)
        figure.subtitle = words
        figure.page.text = [
          PNG.Text("Seed", "\(experiment.training.seed)"), PNG.Text("Config", try experiment.json().compact),
        ]
        figures.append(NamedFigure(file: file, figure: figure))
      } catch { omitting(file, error) }
    }
    if !history.isEmpty { add("loss.png", lossCurve(history, stopReason)) }
    let (width, outputs) = (model.network.input.reduce(1, *), model.network.output.reduce(1, *))
    if width == 2, !model.classes.isEmpty {
      add(
        "boundary.png",
        try DecisionBoundary(
          of: model.network, on: training, test: isTestedOnItself ? nil : test, classes: model.classes,
          standardization: standardization
        ).decided(by: model))
    } else if width == 2, outputs == 1, model.classes.isEmpty {
      add(
        "boundary.png",
        try RegressionSurface(of: model.network, on: training, test: test, standardization: standardization))
    } else if width == 1, outputs == 1, model.classes.isEmpty {
      add("fit.png", try RegressionFit(of: model.network, on: training, test: test, standardization: standardization))
    }
    return figures
  }

  /// What the experiment is called, and its network.
  func title(of model: Model) -> String {
    "\(experiment.name.isEmpty ? training.name : experiment.name) · \(model.network.shortDescription)"
  }

  private var isTestedOnItself: Bool { test?.inputs == training.inputs }

  private func settings(after history: [Epoch], _ bestEpoch: Int?) -> String {
    var words: [String] = []
    if let epoch = bestEpoch ?? history.last?.number { words.append("epoch \(epoch)") }
    if let optimizer = experiment.training.optimizer {
      words.append("\(type(of: optimizer).name) \(NumberText.plain(Double(optimizer.learningRate), digits: 6))")
    }
    return (words + ["seed \(experiment.training.seed)"]).joined(separator: " · ")
  }

  private func lossCurve(_ history: [Epoch], _ stopReason: StopReason?) -> LossCurve {
    LossCurve(history, isFraction: experiment.training.metrics?.first?.unit == "%", stopReason: stopReason)
  }
}

extension Preparation {
  /// The boundary over the epochs, as one animated picture.
  ///
  /// - Parameters:
  ///   - model: the trained network, which names the classes.
  ///   - frames: the network after some epochs, in order.
  /// - Returns: nil unless the network sorts points of the plane into classes.
  public func learning(of model: Model, frames: [(epoch: Int, network: Network)]) throws -> AnimatedPNG? {
    guard model.network.input.reduce(1, *) == 2, !model.classes.isEmpty, !frames.isEmpty
    else { return nil }
    let pictures = try frames.map { frame in
      var figure = try DecisionBoundary(
        of: frame.network, on: training, classes: model.classes, standardization: standardization)
      figure.title = title(of: model)
      figure.subtitle = "epoch \(frame.epoch)"
      (figure.page.width, figure.page.height, figure.page.scale) = (800, 600, 1)
      return try figure.png()
    }
    return try AnimatedPNG(pictures)
  }
}

import Foundation
import GliaCore

/// A figure with its file name.
public struct NamedFigure: Sendable {
  /// The file name.
  public let file: String
  /// The figure.
  public let figure: any Figure
}

extension Preparation {
  /// Returns the figures of a finished training run: `loss.png`; `boundary.png` for two inputs; `fit.png` for one input
  /// and one output.
  ///
  /// - Parameters:
  ///   - model: The trained model.
  ///   - history: The epochs of the training.
  ///   - results: The results shown in the subtitle, such as `train 99.2 %`.
  ///   - stopReason: The reason the training ended.
  ///   - bestEpoch: The epoch whose weights were restored at the end of the training, if any.
  ///   - omitting: A closure that is called with each file that can't be drawn, and the reason.
  public func figures(
    of model: Model, history: [Epoch], results: [String], stopReason: StopReason? = nil, bestEpoch: Int? = nil,
    omitting: (_ file: String, _ reason: any Error) -> Void
  ) -> [NamedFigure] {
    var figures: [NamedFigure] = []
    let subtitle = [results.joined(separator: " · "), settings(after: history, bestEpoch)].filter { !$0.isEmpty }
      .joined(
        separator: " · ")
    func add(_ file: String, _ figure: @autoclosure () throws -> some Figure) {
      do {
        var figure = try figure()
        figure.title = title(of: model)
        figure.subtitle = subtitle
        figure.page.text = [
          PNG.Text("Seed", "\(experiment.training.seed)"), PNG.Text("Config", try experiment.json().compact),
        ]
        figures.append(NamedFigure(file: file, figure: figure))
      } catch { omitting(file, error) }
    }
    if !history.isEmpty { add("loss.png", lossCurve(history, stopReason)) }
    let (width, outputs) = (model.featureCount, model.network.output.reduce(1, *))
    if width == 2, !model.classes.isEmpty {
      add(
        "boundary.png",
        try DecisionBoundary(
          of: model.calibratedNetwork(), on: training, test: isTestedOnItself ? nil : test, classes: model.classes,
          preprocessing: preprocessing, scoreKind: model.scoreKind))
    } else if width == 2, outputs == 1, model.classes.isEmpty {
      add(
        "boundary.png",
        try RegressionSurface(of: model.network, on: training, test: test, preprocessing: preprocessing))
    } else if width == 1, outputs == 1, model.classes.isEmpty {
      add("fit.png", try RegressionFit(of: model.network, on: training, test: test, preprocessing: preprocessing))
    }
    return figures
  }

  /// Returns the name of the experiment with a description of its network.
  func title(of model: Model) -> String {
    "\(experiment.name.isEmpty ? training.name : experiment.name) · \(model.network.shortDescription)"
  }

  private var isTestedOnItself: Bool { test?.inputs == training.inputs }

  private func settings(after history: [Epoch], _ bestEpoch: Int?) -> String {
    var parts: [String] = []
    if let epoch = bestEpoch ?? history.last?.number { parts.append("epoch \(epoch)") }
    if let optimizer = experiment.training.optimizer {
      parts.append("\(type(of: optimizer).name) \(NumberText.plain(Double(optimizer.learningRate), digits: 6))")
    }
    return (parts + ["seed \(experiment.training.seed)"]).joined(separator: " · ")
  }

  private func lossCurve(_ history: [Epoch], _ stopReason: StopReason?) -> LossCurve {
    LossCurve(history, isFraction: experiment.training.metrics?.first?.unit == "%", stopReason: stopReason)
  }
}

import GliaCore
import GliaVisuals

/// The built-in plots: the loss curve, the learned function for one or two inputs, and an animation of the training.
public struct ExperimentFigures: FigureWriter {
  private static let animation = "learning.png"

  /// Creates all plots that apply to the experiment.
  public init() {}

  public let fileNames = ["loss.png", "boundary.png", "fit.png", animation]

  public func write(_ training: FinishedTraining, into folder: String) throws -> [String] {
    let settings = training.preparation.experiment.training
    let results = training.results.map { "\($0) \(settings.headline($1))".typeset }
    let figures = training.preparation.figures(
      of: training.model, history: training.history, results: results, stopReason: training.stopReason,
      bestEpoch: training.restored?.epoch, omitting: Console.noteOmission)
    var written: [String] = []
    func write(_ name: String, _ body: (_ path: String) throws -> Bool) {
      do { if try body("\(folder)/\(name)") { written.append(name) } } catch { Console.noteOmission(of: name, error) }
    }
    for figure in figures {
      write(figure.file) { path in
        try figure.figure.write(to: path)
        return true
      }
    }
    let frames = training.frames.map { ($0.epoch, $0.network) }
    write(Self.animation) { path in
      let animation = try training.preparation.learning(of: training.model, frames: frames)
      try animation?.write(to: path)
      // The user requested the animation, so the note appears even with --quiet.
      if animation == nil, !frames.isEmpty {
        Console.note(
          "note: learning.png omitted: it shows a classifier with two inputs, or a regression with one or two inputs and one output"
        )
      }
      return animation != nil
    }
    return written
  }
}

extension TrainingSettings {
  /// The most important number of an evaluation: the first metric if it is a percentage, or else the loss.
  func headline(_ evaluation: Evaluation) -> String {
    guard let metric = evaluation.metrics.first, let unit = metrics?.first?.unit, unit == "%" else {
      return "loss \(evaluation.loss.brief)"
    }
    return metric.value.brief(unit: unit)
  }
}

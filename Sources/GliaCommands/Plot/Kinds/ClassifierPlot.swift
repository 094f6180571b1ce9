import ArgumentParser
import GliaVisuals

/// A plot of a classifier's predictions for samples with known classes.
protocol ScoresPlot: Sendable {
  associatedtype Drawing: ClassifierFigure
  static var kind: String { get }
  static var abstract: String { get }
}

/// `glia plot confusion`, `roc`, `precision_recall` and `calibration`.
struct ClassifierPlot<Plot: ScoresPlot>: PlotKind {
  static var kind: String { Plot.kind }
  static var configuration: CommandConfiguration {
    described(
      Plot.abstract,
      """
      For an experiment, uses the test set, or else the validation set, or else the training set, as the title says. \
      For a CSV file, uses all rows.

      Examples:
        glia plot \(kind) glia-output/moons/model.safetensors
        glia plot \(kind) model.safetensors --data test.csv
      """)
  }

  @OptionGroup(title: "Data options") var subject: ModelOptions
  @OptionGroup(title: "Plot options") var page: PageOptions

  func figure(with tool: Tool) throws -> PlottedFigure {
    let model = try subject.load(in: tool)
    try model.requireClasses(for: Plot.kind, at: subject.model)
    let samples = try subject.samples(for: model, in: tool)
    return try model.plotted(Plot.Drawing(of: model, on: samples.measured.titled))
  }
}

enum ConfusionPlot: ScoresPlot {
  typealias Drawing = ConfusionMatrixPlot
  static let kind = "confusion"
  static let abstract = "Plot a confusion matrix."
}

enum ROCPlot: ScoresPlot {
  typealias Drawing = ROCCurve
  static let kind = "roc"
  static let abstract = "Plot a ROC curve: true positive rate against false positive rate."
}

enum PrecisionRecallPlot: ScoresPlot {
  typealias Drawing = PrecisionRecallCurve
  static let kind = "precision_recall"
  static let abstract = "Plot a precision-recall curve."
}

enum CalibrationPlot: ScoresPlot {
  typealias Drawing = CalibrationCurve
  static let kind = "calibration"
  static let abstract = "Plot a calibration curve: observed frequency against predicted probability."
}

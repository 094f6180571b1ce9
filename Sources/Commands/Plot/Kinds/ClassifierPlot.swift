import ArgumentParser
import GliaVisuals

/// A picture of what a classifier makes of samples whose classes are known.
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
      The samples are the test part of an experiment, else its validation part, else those learned from, as the title \
      says; of a CSV file all rows.

      Examples:
        glia plot \(kind) glia-output/moons/model.safetensors
        glia plot \(kind) model.safetensors --data test.csv
      """)
  }

  @OptionGroup(title: "The samples") var subject: ModelOptions
  @OptionGroup(title: "The picture") var page: PageOptions

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
  static let abstract = "How many samples of each class are taken for each."
}

enum ROCPlot: ScoresPlot {
  typealias Drawing = ROCCurve
  static let kind = "roc"
  static let abstract = "How many samples of a class are found against how many others are mistaken for it."
}

enum PrecisionRecallPlot: ScoresPlot {
  typealias Drawing = PrecisionRecallCurve
  static let kind = "precision_recall"
  static let abstract = "How pure what is found of a class is, against how much of it is found."
}

enum CalibrationPlot: ScoresPlot {
  typealias Drawing = CalibrationCurve
  static let kind = "calibration"
  static let abstract = "Whether predicted probabilities come true as often as they say."
}

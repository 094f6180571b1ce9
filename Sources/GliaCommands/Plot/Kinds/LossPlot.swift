import ArgumentParser
import Glia
import GliaVisuals

/// `glia plot loss`.
struct LossPlot: PlotKind {
  static let kind = "loss"
  static let configuration = described(
    "Plot the loss and the first metric over the epochs.",
    """
    HISTORY is a history.csv or the folder that contains it. A report.json in the same folder provides the title.

    Examples:
      glia plot loss glia-output/moons
      glia plot loss runs/a/history.csv --output a.png --title "Adam, 0.01"
    """)

  @Argument(help: "A history.csv, or the folder of a training run.", completion: .file(extensions: ["csv"]))
  var history: String

  @OptionGroup(title: "Plot options") var page: PageOptions

  func figure(with tool: Tool) throws -> PlottedFigure {
    let path = OutputFolder.file("history.csv", at: history)
    let epochs = try CSV(path: path, target: "epoch", missing: .mean).load()
    func column(_ name: String) -> [Double]? {
      epochs.inputNames.firstIndex(of: name).map { index in
        (0..<epochs.count).map { Double(epochs.inputs.values[$0 * epochs.inputs.width + index]) }
      }
    }
    guard let losses = column("loss") else {
      throw GliaError(
        "no column 'loss'", at: "\(path.visible(limit: 4096)):1", expected: "the history.csv of a training run",
        remedy: "give the output folder or history.csv of glia train")
    }
    var figure = LossCurve(training: losses, validation: column("validation_loss") ?? [])
    if let name = epochs.inputNames.first(where: { !Self.isNoMetric($0) }), let values = column(name) {
      let isFraction = (try? tool.registry.make((any Metric).self, named: name))?.unit == "%"
      figure.metric = LossCurve.Quantity(
        metric: name, isFraction: isFraction, training: values, validation: column("validation_\(name)") ?? [])
    }
    describe(&figure, epochs.count, reportIn: Paths.folder(of: path), tool)
    return PlottedFigure(figure: figure)
  }

  private static func isNoMetric(_ column: String) -> Bool {
    ["learning_rate", "loss", "penalty", "seconds"].contains(column) || column.hasPrefix("validation_")
  }

  /// Adds the title and subtitle from the run's report, if there is one.
  private func describe(_ figure: inout LossCurve, _ epochs: Int, reportIn folder: String, _ tool: Tool) {
    figure.subtitle = epochs.counted("epoch")
    guard let bytes = try? FileReader.bytes(of: "\(folder)/report.json", limit: 64 << 20),
      let report = try? JSON(parsing: bytes, name: "report.json"), report["epochs"]?.int == epochs
    else {
      figure.title = "Loss"
      return
    }
    let name = report["experiment"]?["name"]?.string ?? "Loss"
    let model = try? Model(contentsOf: "\(folder)/model.safetensors", with: tool.registry)
    figure.title = model.map { "\(name) · \($0.network.shortDescription)" } ?? name
    if let optimizer = report["experiment"]?["training"]?["optimizer"], let name = optimizer["type"]?.string {
      let rate = optimizer["learning_rate"]?.double.map { " \($0.shortest)" } ?? ""
      figure.subtitle += " · \(name)\(rate)"
    }
    if let seed = report["seed"]?.int { figure.subtitle += " · seed \(seed)" }
    let reason = report["stopped"]?.string.flatMap(StopReason.init(rawValue:))
    figure.events = [reason.flatMap { LossCurve.Event($0, after: epochs) }].compactMap(\.self)
  }
}

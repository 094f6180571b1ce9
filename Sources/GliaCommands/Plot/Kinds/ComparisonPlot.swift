import ArgumentParser
import Glia
import GliaVisuals

/// `glia plot comparison`.
struct ComparisonPlot: PlotKind {
  static let kind = "comparison"
  static let configuration = described(
    "Plot the losses of a comparison of optimizers.",
    """
    COMPARISON is a comparison.csv written by glia compare, or the folder that contains it.

    Examples:
      glia plot comparison glia-output/moons --threshold 0.01
      glia plot comparison runs/optimizers --validation --theme print
    """)

  @Argument(help: "A comparison.csv, or the folder of a comparison.", completion: .file(extensions: ["csv"]))
  var comparison: String

  @Flag(help: "Plot the validation loss.")
  var validation = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Target loss (default: a round number between the first and last loss).", valueName: "x"))
  var threshold: Double?

  @OptionGroup(title: "Plot options") var page: PageOptions

  func figure(with tool: Tool) throws -> PlottedFigure {
    if let threshold, !threshold.isFinite {
      throw UsageMistake("threshold \(threshold)", at: "--threshold", expected: "a number")
    }
    let path = OutputFolder.file("comparison.csv", at: comparison)
    let drawn = validation ? "validation_loss" : "loss"
    let columns = ["optimizer", "seed", "stopped", drawn]
    let rows = try CSV(path: path, target: ColumnNames(columns)).load(columns: ["epoch"])
    let cells = rows.targets.map(\.labels)
    // Optimizers and seeds come in the order of their first rows.
    var order: [String] = []
    var runs: [String: [(seed: String, values: [Double], isDiverged: Bool)]] = [:]
    for row in 0..<rows.count {
      let (name, seed) = (cells[0][row], cells[1][row])
      if runs[name] == nil { order.append(name) }
      if runs[name]?.last?.seed != seed { runs[name, default: []].append((seed, [], cells[2][row] == "diverged")) }
      guard let value = Double(cells[3][row]) else {
        throw GliaError(
          "'\(cells[3][row].excerpt)' in column '\(drawn)'", at: "\(path.visible(limit: 4096)):\(row + 2)",
          expected: "numbers")
      }
      let index = (runs[name]?.count ?? 1) - 1
      runs[name]?[index].values.append(value)
    }
    var figure = OptimizerComparison(
      order.map { name in
        ComparedRuns(name.typeset, losses: (runs[name] ?? []).map { $0.values + ($0.isDiverged ? [.infinity] : []) })
      })
    (figure.threshold, figure.quantity) = (threshold, drawn.replacing("_", with: " "))
    if let folder = Paths.absolute(Paths.folder(of: path), in: "").split(separator: "/").last {
      figure.title = "\(folder) · \(figure.title.lowercased())"
    }
    let seeds = Set(cells[1]).count
    let epochs = figure.series.map(\.epochs).max() ?? 0
    figure.subtitle = "\(seeds.counted("seed")) · \(epochs.counted("epoch"))"
    return PlottedFigure(figure: figure)
  }
}

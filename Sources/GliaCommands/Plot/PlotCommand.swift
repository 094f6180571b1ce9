import ArgumentParser
import GliaCore
import GliaVisuals

/// `glia plot`: each kind of plot is a subcommand with its own options.
struct PlotCommand: ParsableCommand {
  static let kinds: [any PlotKind.Type] = [
    BoundaryPlot.self, LossPlot.self, ComparisonPlot.self, TrajectoriesPlot.self, DiagramPlot.self, UnitsPlot.self,
    ActivationsPlot.self, GradientsPlot.self, HistogramsPlot.self, ClassifierPlot<ConfusionPlot>.self,
    ClassifierPlot<ROCPlot>.self, ClassifierPlot<PrecisionRecallPlot>.self, ClassifierPlot<CalibrationPlot>.self,
    ResidualsPlot.self, ImportancePlot.self, DependencePlot.self,
  ]

  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Plot a trained network, its training, or its results.",
    discussion: """
      For help on a kind of plot, run glia plot KIND --help. Prints the path of the file to standard output.

      Examples:
        glia plot boundary glia-output/moons/model.safetensors
        glia plot loss glia-output/moons --output curve.png --theme dark
        glia plot trajectories rosenbrock --optimizers sgd:0.001,adam:0.1
        glia plot roc model.safetensors --data test.csv --title "Held-out patients"
        glia plot dependence houses/model.safetensors --features area,rooms
        glia plot activations relu gelu silu --width 2400
        glia plot gradients moons --epochs 50
      """,
    subcommands: kinds + [UnknownPlot.self], defaultSubcommand: UnknownPlot.self)
}

/// A kind of plot.
protocol PlotKind: ToolCommand {
  /// Its name on the command line.
  static var kind: String { get }
  /// The output file and the appearance of the plot.
  var page: PageOptions { get }
  /// The figure, before the options in ``page`` are applied.
  func figure(with tool: Tool) throws -> PlottedFigure
}

extension PlotKind {
  func run(with tool: Tool) throws {
    let path = try page.preparedPath(for: Self.kind)
    let plotted = try figure(with: tool)
    try page.write(plotted.figure, to: path)
    if let failure = plotted.failure { throw failure }
  }

  /// The command configuration with the given abstract and discussion.
  static func described(_ abstract: String, _ discussion: String) -> CommandConfiguration {
    CommandConfiguration(commandName: kind, abstract: abstract, discussion: discussion)
  }
}

/// A figure, and an error to report after it has been written.
struct PlottedFigure {
  var figure: any Figure
  var failure: (any Error)? = nil
}

/// Reports a missing or unknown kind of plot.
struct UnknownPlot: ToolCommand {
  static let configuration = CommandConfiguration(commandName: "unknown", shouldDisplay: false)

  @Argument(parsing: .captureForPassthrough, help: .hidden)
  var arguments: [String] = []

  func run(with tool: Tool) throws {
    let names = PlotCommand.kinds.map { $0.kind }
    let given = arguments.first
    throw UsageMistake(
      given.map { "unknown kind of plot '\($0.excerpt)'" } ?? "missing kind of plot", at: "plot",
      expected: "one of \(names.joined(separator: ", "))",
      remedy: given.flatMap { Suggestion.nearest(to: $0, among: names) }.map { "did you mean '\($0)'?" })
  }
}

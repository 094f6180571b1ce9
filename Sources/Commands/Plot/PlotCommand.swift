import ArgumentParser
import GliaCore
import GliaVisuals

/// `glia plot`: each kind of picture is a subcommand with options of its own.
struct PlotCommand: ParsableCommand {
  static let kinds: [any PlotKind.Type] = [
    BoundaryPlot.self, LossPlot.self, ComparisonPlot.self, TrajectoriesPlot.self, DiagramPlot.self, UnitsPlot.self,
    ActivationsPlot.self, GradientsPlot.self, HistogramsPlot.self, ClassifierPlot<ConfusionPlot>.self,
    ClassifierPlot<ROCPlot>.self, ClassifierPlot<PrecisionRecallPlot>.self, ClassifierPlot<CalibrationPlot>.self,
    ResidualsPlot.self,
  ]

  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw what a network has learned, how it learned, and how well.",
    discussion: """
      Each kind of picture has a help text of its own: glia plot KIND --help. The name of the file that was written goes to \
      standard output.

      Examples:
        glia plot boundary glia-output/moons/model.safetensors
        glia plot loss glia-output/moons --output curve.png --theme dark
        glia plot trajectories rosenbrock --optimizers sgd:0.001,adam:0.1
        glia plot roc model.safetensors --data test.csv --title "Held-out patients"
        glia plot activations relu gelu silu --width 2400
        glia plot gradients moons --epochs 50
      """,
    subcommands: kinds + [UnknownPlot.self], defaultSubcommand: UnknownPlot.self)
}

/// A kind of picture.
protocol PlotKind: ToolCommand {
  /// What it is called on the command line.
  static var kind: String { get }
  /// Where the picture goes and what it looks like.
  var page: PageOptions { get }
  /// The picture, without the changes that ``page`` asks for.
  func figure(with tool: Tool) throws -> PlottedFigure
}

extension PlotKind {
  func run(with tool: Tool) throws {
    let path = try page.preparedPath(for: Self.kind)
    let plotted = try figure(with: tool)
    try page.write(plotted.figure, to: path)
    if let failure = plotted.failure { throw failure }
  }

  /// The configuration of a kind with a summary line.
  static func described(_ abstract: String, _ discussion: String) -> CommandConfiguration {
    CommandConfiguration(commandName: kind, abstract: abstract, discussion: discussion)
  }
}

/// A picture, and what is to be printed after it has been written.
struct PlottedFigure {
  var figure: any Figure
  var failure: (any Error)? = nil
}

/// Stands in for a kind that is missing or that nobody knows.
struct UnknownPlot: ToolCommand {
  static let configuration = CommandConfiguration(commandName: "unknown", shouldDisplay: false)

  @Argument(parsing: .captureForPassthrough, help: .hidden)
  var arguments: [String] = []

  func run(with tool: Tool) throws {
    let names = PlotCommand.kinds.map { $0.kind }
    let given = arguments.first
    throw UsageMistake(
      given.map { "unknown kind of picture '\($0.excerpt)'" } ?? "no kind of picture", at: "plot",
      expected: "one of \(names.joined(separator: ", "))",
      remedy: given.flatMap { Suggestion.nearest(to: $0, among: names) }.map { "did you mean '\($0)'?" })
  }
}

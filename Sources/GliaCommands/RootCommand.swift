import ArgumentParser
import Foundation
import GliaCore

/// A command that works with the components and experiments of a tool.
protocol ToolCommand: ParsableCommand {
  func run(with tool: Tool) throws
}

/// The root command.
struct RootCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      // Tools with custom components have their own names.
      commandName: CommandLine.arguments.first.map { URL(fileURLWithPath: $0).lastPathComponent } ?? "glia",
      abstract: "Train, evaluate and plot neural networks described in JSON.",
      discussion: """
        Quick start:
          glia train moons                         train a classifier on the two-moons data set
          glia train moons --learning-rate 0.1     change the learning rate
          glia evaluate glia-output/moons/model.safetensors --data moons
          glia plot units glia-output/moons/model.safetensors
                                                   plot the output of every hidden unit
          glia components activation               list the available activations

        Results are written to standard output, progress and messages to standard error.
        """,
      version: Model.version,
      subcommands: [
        TrainCommand.self, SearchCommand.self, CompareCommand.self, CurveCommand.self, FindRateCommand.self,
        EvaluateCommand.self, PredictCommand.self, ImportanceCommand.self,
        PlotCommand.self, DescribeCommand.self, InspectCommand.self, InitCommand.self, ExportCommand.self,
        ImportCommand.self,
        ComponentsCommand.self, CheckCommand.self,
      ])
  }

  static var _errorPrefix: String { "error: " }

  /// An error if the first argument is not a command, clearer than the argument parser's "unexpected argument".
  static func unknownCommand(in arguments: [String]) -> UsageMistake? {
    let known = configuration.subcommands.compactMap { $0.configuration.commandName }
    guard let first = arguments.first, !first.hasPrefix("-"), !known.contains(first), first != "help" else {
      return nil
    }
    return UsageMistake(
      "unknown command '\(first.excerpt)'", expected: "one of \(known.joined(separator: ", "))",
      remedy: Suggestion.nearest(to: first, among: known).map { "did you mean '\($0)'?" } ?? "see glia --help")
  }
}

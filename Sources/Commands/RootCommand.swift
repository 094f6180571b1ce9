import ArgumentParser
import Foundation
import GliaCore

/// A command that works with the components and experiments of a tool.
protocol ToolCommand: ParsableCommand {
  func run(with tool: Tool) throws
}

/// What stands before all commands.
struct RootCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      // A third party's tool has a name of its own.
      commandName: CommandLine.arguments.first.map { URL(fileURLWithPath: $0).lastPathComponent } ?? "glia",
      abstract: "Trains neural networks that are described in JSON.",
      discussion: """
        A first look:
          glia train moons                         learn to tell two moons apart
          glia train moons --learning-rate 0.1     the same, with one thing changed
          glia evaluate glia-output/moons/model.safetensors --data moons
          glia plot units glia-output/moons/model.safetensors
                                                   what every neuron has learned
          glia components activation               what there is to choose from

        Results go to standard output, progress and messages to standard error.
        """,
      version: Model.version,
      subcommands: [
        TrainCommand.self, CompareCommand.self, EvaluateCommand.self, PredictCommand.self, PlotCommand.self,
        DescribeCommand.self, ComponentsCommand.self, CheckCommand.self,
      ])
  }

  static var _errorPrefix: String { "error: " }

  /// That the first argument is not a command, which the argument parser only counts as one too many.
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

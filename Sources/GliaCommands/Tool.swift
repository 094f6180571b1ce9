import Foundation
import Glia

/// The command-line tool: all its commands for a given registry. Three lines build a tool with custom components:
///
/// ```swift
/// var registry = Registry.standard
/// try registry.register(MySwish.self)
/// Tool(registry: registry).run()
/// ```
public struct Tool: Sendable {
  /// The components that experiments can use.
  public let registry: Registry
  /// The built-in experiments, which commands such as `train` accept by name.
  public let experiments: [BuiltInExperiment]
  /// Plots the results of a training run; nil for no plots.
  public let figures: (any FigureWriter)?

  /// Creates a tool with the given components, experiments and plots.
  public init(
    registry: Registry, experiments: [BuiltInExperiment] = BuiltInExperiment.all,
    figures: (any FigureWriter)? = ExperimentFigures()
  ) {
    (self.registry, self.experiments, self.figures) = (registry, experiments, figures)
  }

  /// Runs the command given by the program's arguments, then exits with its status.
  public func run() -> Never {
    // Writing to a closed pipe must return an error rather than end the program.
    signal(SIGPIPE, SIG_IGN)
    // The same goes for a file that reaches the size limit.
    signal(SIGXFSZ, SIG_IGN)
    Interruption.listen()
    exit(status(of: Array(CommandLine.arguments.dropFirst())))
  }

  private func status(of arguments: [String]) -> Int32 {
    KnownNames.$tool.withValue(self) {
      do {
        if let mistake = RootCommand.unknownCommand(in: arguments) { return ExitStatus.telling { throw mistake } }
        var command = try RootCommand.parseAsRoot(arguments)
        guard let command = command as? any ToolCommand else {
          try command.run()
          return 0
        }
        if let warning = Threads.warning { Console.note("warning: \(warning)") }
        return ExitStatus.telling {
          try Machine.checkKernels()
          try command.run(with: self)
        }
      } catch {
        return ExitStatus.tell(parserError: error)
      }
    }
  }
}

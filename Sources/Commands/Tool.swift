import Foundation
import Glia

/// The command-line tool: all its commands over a registry, so that a program of three lines has them with its own parts.
///
/// ```swift
/// var registry = Registry.standard
/// try registry.register(MySwish.self)
/// Tool(registry: registry).run()
/// ```
public struct Tool: Sendable {
  /// The components that experiments may name.
  public let registry: Registry
  /// The experiments that `train` and others know by name.
  public let experiments: [BuiltInExperiment]
  /// What draws the pictures of a finished training; nil for none.
  public let figures: (any FigureWriter)?

  /// A tool with the given parts.
  public init(
    registry: Registry, experiments: [BuiltInExperiment] = BuiltInExperiment.all,
    figures: (any FigureWriter)? = ExperimentFigures()
  ) {
    (self.registry, self.experiments, self.figures) = (registry, experiments, figures)
  }

  /// Runs the command that the program's arguments ask for, and ends the program with its exit status.
  public func run() -> Never {
    // A closed pipe is an answer of `write`, not the end of the program.
    signal(SIGPIPE, SIG_IGN)
    // So is a file that may not grow further.
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
        return ExitStatus.telling { try command.run(with: self) }
      } catch {
        return ExitStatus.tell(parserError: error)
      }
    }
  }
}

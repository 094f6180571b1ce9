import ArgumentParser
import GliaCore

/// Where a command writes its results, and what it shows.
struct ResultOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Output folder, if not the usual one below glia-output.", valueName: "dir"),
    completion: .directory)
  var output: String?

  @Flag(help: "Hide progress.")
  var quiet = false

  @Flag(help: "Skip plots.")
  var noPlots = false

  /// The folder that is given, or else the one of this name.
  func folder(named name: String) -> OutputFolder {
    output.map(OutputFolder.init(path:)) ?? OutputFolder(named: name)
  }

  /// Prints a line unless progress is hidden.
  func note(_ line: String) { if !quiet { Console.note(line) } }
}

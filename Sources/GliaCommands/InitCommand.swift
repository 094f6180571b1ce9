import ArgumentParser
import Glia

/// `glia init`.
struct InitCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a starting experiment for a CSV file.",
    discussion: """
      Looks at the file as 'glia inspect' does, writes an experiment that can be trained at once, and says why each setting \
      is as it is.

      Examples:
        glia init iris.csv --target species
        glia init prices.csv --target price --output prices.json
      """)

  @Argument(help: "A CSV file, which may be compressed with gzip.", completion: .file())
  var file: String

  @Option(help: ArgumentHelp("The column to predict (default: the likely target).", valueName: "column"))
  var target: String?

  @Option(
    help: ArgumentHelp("Output file (default: the name of the CSV file with .json).", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var output: String?

  func run(with tool: Tool) throws {
    try InputFile.requireTable(file)
    let output = output ?? Paths.name(of: file) + ".json"
    guard !InputFile.exists(output) else {
      throw UsageMistake(
        "the file exists", at: output.visible(limit: 4096), expected: "a new file",
        remedy: "choose another name with --output")
    }
    try AtomicFile.check(output)
    let summary = try TableSummary(of: file)
    guard let target = target ?? summary.likelyTarget else {
      throw UsageMistake(
        "no column looks like a target", at: file.visible(limit: 4096), expected: "the column to predict",
        remedy: "name it with --target")
    }
    let columns = summary.columns.map(\.name)
    guard columns.contains(target) else {
      throw UsageMistake(
        "no column '\(target.excerpt)'", at: "--target",
        expected: "one of \(columns.prefix(20).map(\.excerpt).joined(separator: ", "))",
        remedy: Suggestion.nearest(to: target, among: columns).map { "did you mean '\($0.excerpt)'?" })
    }
    let start = try StartingExperiment(
      for: summary, target: target, path: Paths.relative(Paths.absolute(file), to: Paths.folder(of: output)),
      name: Paths.name(of: file))
    // What is written must be read again.
    _ = try Experiment(from: start.json, with: tool.registry)
    try AtomicFile.write(start.json.text() + "\n", to: output)
    try Console.write(
      "\n\(output.excerpt):\n\n\(start.explanation)\n\n  train it with: glia train \(output.excerpt)\n\n")
    for warning in summary.warnings(ignoring: start.ignored.union([target])) { Console.note("note: \(warning)") }
    for column in summary.columns where column.identifiesGroups && column.name != target {
      Console.note(
        "note: if '\(column.name.excerpt)' identifies groups of rows, \"by\": \"\(column.name.excerpt)\" in \"split\", instead of "
          + "\"stratify\", keeps each group in one part")
    }
  }
}

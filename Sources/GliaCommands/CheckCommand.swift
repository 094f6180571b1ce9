import ArgumentParser
import GliaCore
import GliaTesting

/// `glia check`.
struct CheckCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Test components: gradients, extreme inputs, settings, reference cases.",
    discussion: """
      Without names, checks every component. With --reference, compares components with the reference cases in a file \
      instead, and prints the largest error of each case. The exit status is 1 if any check fails.

      Examples:
        glia check
        glia check gelu adam
        glia check --reference activations.json
      """)

  @Argument(help: "Components to check (default: all).", completion: KnownNames.component)
  var names: [String] = []

  @Option(
    help: ArgumentHelp("A JSON file of reference cases.", valueName: "file"), completion: .file(extensions: ["json"]))
  var reference: String?

  func validate() throws {
    guard names.isEmpty || reference == nil else { throw ValidationError("Specify names or --reference, not both.") }
  }

  func run(with tool: Tool) throws {
    let results = try reference.map { try cases($0, in: tool) } ?? components(in: tool)
    try Console.write(checkTable(results, isDetailed: reference != nil || !names.isEmpty) + "\n")
    guard results.allSatisfy(\.passed) else { throw Ending(status: ExitStatus.failure) }
  }

  private func cases(_ path: String, in tool: Tool) throws -> [CheckResult] {
    let json = try JSON(parsing: FileReader.bytes(of: path), name: path)
    do { return try checkReference(json, registry: tool.registry) } catch var error as GliaError
      where error.place == nil
    {
      error.place = path.visible(limit: 4096)
      throw error
    }
  }

  private func components(in tool: Tool) throws -> [CheckResult] {
    // A check that is left in the middle leaves its temporary folder behind.
    Interruption.heed(true)
    defer { Interruption.heed(false) }
    return try UsageMistake.locating("NAME") {
      try checkRegistry(tool.registry, names: names, before: Interruption.check)
    }
  }
}

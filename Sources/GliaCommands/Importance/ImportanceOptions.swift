import ArgumentParser
import Glia

/// How permutation importance is measured.
struct ImportanceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Metric to measure; see 'glia components metric' (default: the loss).", valueName: "name"),
    completion: KnownNames.metric)
  var metric: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("How often each input is shuffled.", valueName: "n"))
  var repeats = 10

  @Option(parsing: .unconditional, help: ArgumentHelp("Seed of the shuffling.", valueName: "n"))
  var seed: UInt64 = 0

  func validate() throws {
    guard (1...10_000).contains(repeats) else {
      throw ValidationError("--repeats \(repeats) is out of range: it must be from 1 to 10000.")
    }
  }

  /// Measures the importance of the model's inputs; warnings about the result go to standard error.
  func measure(_ model: Model, on data: Dataset, in tool: Tool) throws -> PermutationImportance {
    let chosen = try metric.flatMap { name in
      Spelling.folded(name) == "loss"
        ? nil : try UsageMistake.locating("--metric") { try tool.registry.make((any Metric).self, named: name) }
    }
    let importance = try model.importance(on: data, metric: chosen, repeats: repeats, seed: seed)
    for pair in importance.correlated.prefix(Self.mostWarnings) { Console.note("warning: \(pair)") }
    let more = importance.correlated.count - Self.mostWarnings
    if more > 0 { Console.note("warning: \(more.counted("more pair")) of features correlated above 0.9") }
    return importance
  }

  private static let mostWarnings = 5
}

import ArgumentParser
import GliaCore

/// The names that a shell completes.
///
/// ArgumentParser asks for candidates through static closures, which can be handed nothing: a task-local value, set while
/// the arguments are parsed, is the way around. Commands never read it.
struct CompletionNames: Sendable {
  @TaskLocal static var current = CompletionNames(experiments: [], kinds: [], components: [])

  let experiments: [String]
  let kinds: [String]
  let components: [String]

  /// Built-in experiments; the shell adds files.
  static let experiment = CompletionKind.custom { _, _, _ in current.experiments }
  /// Kinds and components.
  static let kindOrComponent = CompletionKind.custom { _, _, _ in current.kinds + current.components }
  /// Components of any kind.
  static let component = CompletionKind.custom { _, _, _ in current.components }
}

extension CompletionNames {
  init(of tool: Tool) {
    let kinds = tool.registry.knownKinds
    self.init(
      experiments: tool.experiments.map(\.name), kinds: kinds.map(\.rawValue),
      components: Set(kinds.flatMap { tool.registry.components(of: $0).map { $0.type.name } }).sorted())
  }
}

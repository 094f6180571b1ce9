import ArgumentParser
import GliaCore

/// The names that help texts list and a shell completes.
///
/// ArgumentParser asks for both through static members, which can be handed nothing: a task-local value, set while
/// arguments are parsed and told about, is the way around. What a command does never depends on it.
struct KnownNames: Sendable {
  @TaskLocal static var current = KnownNames(experiments: [], kinds: [], components: [])

  let experiments: [Tool.NamedExperiment]
  let kinds: [String]
  let components: [String]

  /// Built-in experiments.
  static let experiment = CompletionKind.custom { _, _, _ in current.experiments.map(\.experiment.name) }
  /// Kinds and components.
  static let kindOrComponent = CompletionKind.custom { _, _, _ in current.kinds + current.components }
  /// Components of any kind.
  static let component = CompletionKind.custom { _, _, _ in current.components }

  /// The built-in experiments as lines of a help text.
  static var experimentLines: String {
    let width = current.experiments.map(\.experiment.name.count).max() ?? 0
    let lines = current.experiments.map { "  \($0.experiment.name.padded(to: width))  \($0.summary)" }
    return lines.joined(separator: "\n")
  }
}

extension KnownNames {
  init(of tool: Tool) {
    let kinds = tool.registry.knownKinds
    self.init(
      experiments: tool.experiments, kinds: kinds.map(\.rawValue),
      components: Set(kinds.flatMap { tool.registry.components(of: $0).map { $0.type.name } }).sorted())
  }
}

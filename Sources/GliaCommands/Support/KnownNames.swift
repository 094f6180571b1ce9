import ArgumentParser
import Foundation
import GliaCore
import GliaSearch

/// The names for help texts and shell completion.
///
/// ArgumentParser requests both through static members, which take no arguments. A task-local value, set while
/// arguments are parsed and help is printed, works around this. No command depends on it otherwise.
enum KnownNames {
  @TaskLocal static var tool = Tool(registry: Registry())

  /// Built-in experiments, and JSON and CSV files.
  static let experiment = CompletionKind.custom { _, _, prefix in
    tool.experiments.map(\.experiment.name) + files(beginningWith: prefix, endings: ["json", "csv", "safetensors"])
  }
  /// Kinds and components.
  static let kindOrComponent = CompletionKind.custom { _, _, _ in
    tool.registry.knownKinds.map(\.rawValue) + names(of: tool.registry.knownKinds)
  }
  /// Components of any kind.
  static let component = CompletionKind.custom { _, _, _ in names(of: tool.registry.knownKinds) }
  /// Activations.
  static let activation = CompletionKind.custom { _, _, _ in names(of: [.activation]) }
  /// Metrics.
  static let metric = CompletionKind.custom { _, _, _ in names(of: [.metric]) }
  /// Losses.
  static let loss = CompletionKind.custom { _, _, _ in names(of: [.loss]) }
  /// Optimizers.
  static let optimizer = CompletionKind.custom { _, _, _ in names(of: [.optimizer]) }
  /// Search strategies.
  static let searchStrategy = CompletionKind.custom { _, _, _ in names(of: [.searchStrategy]) }
  /// Pruners.
  static let pruner = CompletionKind.custom { _, _, _ in names(of: [.pruner]) }

  /// The built-in experiments, formatted for a help text.
  static var experimentLines: String {
    let width = tool.experiments.map(\.experiment.name.count).max() ?? 0
    let lines = tool.experiments.map { "  \($0.experiment.name.padded(to: width))  \($0.summary)" }
    return lines.joined(separator: "\n")
  }

  private static func names(of kinds: [ComponentKind]) -> [String] {
    Set(kinds.flatMap { tool.registry.components(of: $0).map { $0.type.name } }).sorted()
  }

  /// The folders, and the files with one of the given extensions, whose paths begin with `prefix`.
  private static func files(beginningWith prefix: String, endings: Set<String>) -> [String] {
    let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    return names.sorted().compactMap { name in
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: folder + name, isDirectory: &isFolder), !name.hasPrefix(".") else {
        return nil
      }
      if isFolder.boolValue { return folder + name + "/" }
      return endings.contains(name.split(separator: ".").last.map(String.init) ?? "") ? folder + name : nil
    }
  }
}

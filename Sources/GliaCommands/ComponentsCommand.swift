import ArgumentParser
import GliaCore

/// `glia components`.
struct ComponentsCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "components",
    abstract: "List the components that experiments can use.",
    discussion: """
      Lists every component with its settings and their defaults. Settings shown without a default are required.

      Examples:
        glia components
        glia components activation
        glia components leaky_relu
        glia components --json
      """)

  @Argument(
    help: "A kind, such as activation, or a component name.", completion: KnownNames.kindOrComponent)
  var name: String?

  @Flag(help: "Print a JSON array of {kind, name, aliases, summary, settings, required}.")
  var json = false

  func run(with tool: Tool) throws {
    let entries = try name.map { try tool.registry.entries(named: $0) } ?? tool.registry.entries
    guard json else { return try Console.write(Self.text(entries) + "\n") }
    try Array((JSON.array(entries.map(Self.json)).text() + "\n").utf8).withUnsafeBytes { try Console.write(data: $0) }
  }

  private static func json(_ entry: Registry.Entry) -> JSON {
    [
      "kind": .string(entry.type.kind.rawValue), "name": .string(entry.type.name),
      "aliases": .array(entry.type.aliases.map(JSON.string)), "summary": .string(entry.type.summary),
      "settings": .object(entry.defaults), "required": .array(entry.required.map(JSON.string)),
    ]
  }

  private static func text(_ entries: [Registry.Entry]) -> String {
    var blocks: [(kind: ComponentKind, entries: [Registry.Entry])] = []
    for entry in entries {
      if blocks.last?.kind == entry.type.kind {
        blocks[blocks.count - 1].entries.append(entry)
      } else {
        blocks.append((entry.type.kind, [entry]))
      }
    }
    return blocks.map { "\($0.kind)\n\(lines(of: $0.entries).joined(separator: "\n"))" }.joined(separator: "\n\n")
  }

  /// The components of one kind: names on the left, details on the right.
  private static func lines(of entries: [Registry.Entry]) -> [String] {
    let width = (entries.map { $0.type.name.count }.max() ?? 0) + 4
    return entries.flatMap { entry in
      let details = details(of: entry).flatMap { $0.wrapped(to: max(79 - width, 30), separator: " ") }
      let first = "  \(entry.type.name)".padded(to: details.isEmpty ? 0 : width) + (details.first ?? "")
      return [first] + details.dropFirst().map { String(repeating: " ", count: width) + $0 }
    }
  }

  /// Summary, settings and aliases as lists of words to wrap.
  private static func details(of entry: Registry.Entry) -> [[String]] {
    let summary = entry.type.summary.split(separator: " ").map(String.init)
    var settings = entry.defaults.map { name, value in
      let isRequired = entry.required.contains { Spelling.folded($0) == Spelling.folded(name) }
      return "\(name)=\(isRequired ? "…" : value.inShort.excerpt),"
    }
    if let last = settings.popLast() { settings.append(String(last.dropLast())) }
    let aliases = entry.type.aliases.isEmpty ? [] : ["also:"] + entry.type.aliases
    return [summary, settings, aliases].filter { !$0.isEmpty }
  }
}

extension JSON {
  /// The value on one line, components as `random_uniform(low -0.05, high 0.05)`.
  fileprivate var inShort: String {
    guard let object, let type = object["type"]?.string else { return compact }
    let settings = object.filter { $0.key != "type" }.map { "\($0.key) \($0.value.inShort)" }
    if settings.count > 2 { return "\(type)(…)" }
    return settings.isEmpty ? type : "\(type)(\(settings.joined(separator: ", ")))"
  }
}

extension Registry {
  /// All components, grouped by kind.
  var entries: [Entry] { knownKinds.flatMap(components) }

  /// The components of the given kind, or those of any kind with the given name or alias; throws if there are none.
  func entries(named name: String) throws -> [Entry] {
    let folded = Spelling.folded(name)
    if let kind = knownKinds.first(where: { Spelling.folded($0.rawValue) == folded }) { return components(of: kind) }
    let found = knownKinds.compactMap { try? entry(name, of: $0) }
    guard found.isEmpty else { return found }
    let known = knownKinds.map(\.rawValue) + entries.flatMap { [$0.type.name] + $0.type.aliases }
    throw UsageMistake(
      "unknown kind or component '\(name.excerpt)'", at: "NAME",
      expected: "a component, or one of the kinds \(knownKinds.map(\.rawValue).joined(separator: ", "))",
      remedy: Suggestion.nearest(to: name, among: known).map { "did you mean '\($0)'?" })
  }
}

import GliaCore
import GliaSearch

/// Runs the checks for the component's kind; for a custom kind, checks only its settings.
///
/// - Parameters:
///   - component: the component.
///   - registry: the registry for components among its settings.
public func checkComponent(_ component: any Component, registry: Registry = Registry()) -> [CheckResult] {
  switch component {
  case let activation as any Activation: checkActivation(activation, registry: registry)
  case let loss as any Loss: checkLoss(loss, registry: registry)
  case let layer as any Layer: checkLayer(layer, registry: registry)
  case let transform as any Transform: checkTransform(transform, registry: registry)
  case let constraint as any Constraint: checkConstraint(constraint, registry: registry)
  case let augmentation as any Augmentation: checkAugmentation(augmentation, registry: registry)
  case let regularizer as any Regularizer: checkRegularizer(regularizer, registry: registry)
  case let initializer as any Initializer: checkInitializer(initializer, registry: registry)
  case let optimizer as any Optimizer: checkOptimizer(optimizer, registry: registry)
  case let schedule as any Schedule: checkSchedule(schedule, registry: registry)
  case let metric as any Metric: checkMetric(metric, registry: registry)
  case let source as any DataSource: checkDataSource(source, registry: registry)
  case let preprocessor as any Preprocessor: checkPreprocessor(preprocessor, registry: registry)
  case let split as any Split: checkSplit(split, registry: registry)
  case let callback as any Callback: checkCallback(callback, registry: registry)
  case let strategy as any SearchStrategy: checkSearchStrategy(strategy, registry: registry)
  case let pruner as any Pruner: checkPruner(pruner, registry: registry)
  default: checkSettings(component, registry: registry)
  }
}

/// Checks every component of a registry, or those with the given names: with default settings, with each setting changed
/// one at a time, and with the settings of its examples.
///
/// - Parameters:
///   - registry: the components.
///   - names: names or aliases, each of which may belong to several kinds; empty for all components.
///   - check: called before each component; ends the checks by throwing.
/// - Throws: `GliaError` for an unknown name, and what `check` throws.
public func checkRegistry(
  _ registry: Registry, names: [String] = [], before check: () throws -> Void = {}
) throws -> [CheckResult] {
  let entries = registry.knownKinds.flatMap { registry.components(of: $0) }
  let chosen = try names.isEmpty ? entries : names.flatMap { try registry.entries(named: $0, among: entries) }
  return try chosen.flatMap { entry in
    try check()
    return checkEntry(entry, registry)
  }
}

private func checkEntry(_ entry: Registry.Entry, _ registry: Registry) -> [CheckResult] {
  let component = entry.type.init()
  var found = Findings(component)
  found.add(checkComponent(component, registry: registry))
  for (changes, changed) in variants(of: component, registry) {
    found.add(checkComponent(changed, registry: registry).map { $0.explained { "with \(changes.compact): \($0)" } })
  }
  return found.results
}

/// Variants of the component with settings that differ from the defaults.
private func variants(of component: any Component, _ registry: Registry) -> [(changes: JSON, component: any Component)]
{
  guard let written = try? JSON(part: component) else { return [] }
  let own = type(of: component).examples
  let single = written.variants.map { setting, values in values.map { JSON.object([setting: $0]) } }
  return (own.map { [$0] } + single).compactMap { alternatives in
    for changes in alternatives {
      let settings = (changes.object ?? [:]).reduce(written) { $0.replacing($1.key, by: $1.value) }
      if let changed = try? component.made(from: settings, registry) { return (changes, changed) }
    }
    return nil
  }
}

extension Component {
  /// Creates a component of this type from JSON.
  fileprivate func made(from json: JSON, _ registry: Registry) throws -> any Component {
    var registry = registry
    registry.declare(Self.self, as: Self.kind)
    return try registry.make(Self.self, from: json)
  }
}

extension Registry {
  /// The components of any kind with the given name or alias.
  fileprivate func entries(named name: String, among entries: [Entry]) throws -> [Entry] {
    let found = knownKinds.compactMap { try? entry(name, of: $0) }
    guard found.isEmpty else { return found }
    let known = entries.flatMap { [$0.type.name] + $0.type.aliases }
    throw GliaError(
      "unknown component '\(name.excerpt)'", expected: "a component name",
      remedy: Suggestion.nearest(to: name, among: known).map { "did you mean '\($0)'?" } ?? "see 'glia components'")
  }
}

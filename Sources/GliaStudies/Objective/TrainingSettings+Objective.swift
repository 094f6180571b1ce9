import GliaCore

extension TrainingSettings {
  /// Adds a metric if it is not measured yet, and returns its name and direction.
  mutating func measure(_ name: String, with registry: Registry) throws -> (String, higherIsBetter: Bool) {
    let plain = name.hasPrefix("validation_") ? String(name.dropFirst("validation_".count)) : name
    guard plain != "loss" else { return ("loss", false) }
    let metric = try GliaError.locating("objective") { try objective(plain, in: registry) }
    let type = type(of: metric)
    if let own = metrics?.first(where: { Swift.type(of: $0) == type }) { return (type.name, own.higherIsBetter) }
    metrics = (metrics ?? []) + [metric]
    return (type.name, metric.higherIsBetter)
  }

  /// Returns the metric with this name; throws, naming those that can be used, if settings cannot be compared by it.
  private func objective(_ name: String, in registry: Registry) throws -> any Metric {
    let entry: Registry.Entry
    do { entry = try registry.entry(name, of: .metric) } catch var error as GliaError {
      error.expected = objectives(in: registry)
      throw error
    }
    let metric = try registry.make((any Metric).self, named: name)
    guard metric.isObjective else {
      throw GliaError(
        "\(entry.type.name) is more than one number, so that settings cannot be compared by it",
        expected: objectives(in: registry))
    }
    do { try check(metric) } catch var error as GliaError {
      error.expected = objectives(in: registry)
      throw error
    }
    return metric
  }

  /// The loss and the metrics that are one number and defined for its targets.
  private func objectives(in registry: Registry) -> String {
    let names = registry.components(of: .metric).map { $0.type.name }.filter { name in
      guard let metric = try? registry.make((any Metric).self, named: name), metric.isObjective else { return false }
      return (try? check(metric)) != nil
    }
    return "one of \((["loss"] + names.sorted()).joined(separator: ", "))"
  }

  private func check(_ metric: any Metric) throws {
    guard let loss else { return }
    try metric.checkEncoding(loss.targetEncoding)
  }
}

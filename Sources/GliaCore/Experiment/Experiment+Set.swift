extension Experiment {
  /// Returns the experiment with one setting changed.
  ///
  /// - Parameters:
  ///   - path: the path of the setting, such as `network.layers.0.units`; it must be a known setting.
  ///   - value: the new value.
  ///   - registry: the registry of the components that the value may name.
  ///   - isLast: whether the result must be valid; otherwise, further changes may make it so, and ``check(with:)`` tells.
  /// - Throws: `GliaError` for an unknown setting and a value of the wrong kind, and for an invalid experiment if `isLast`.
  public func setting(_ path: String, to value: JSON, with registry: Registry, isLast: Bool = true) throws
    -> Experiment
  {
    let full: [CodingUserInfoKey: Any] = ComponentEncoder.writesInFull.map { [$0: true] } ?? [:]
    var (json, registry) = (try ComponentEncoder(userInfo: full).encode(self), registry)
    registry.checksSettings = isLast
    let steps = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    try json.replace(steps[...], with: value, at: [])
    if rulesOutClasses(steps, value), json["split"]?["stratify"] != nil {
      try json.replace(["split", "stratify"], with: .bool(false), at: [])
    }
    return try Experiment(from: json, with: registry)
  }

  /// Whether a new value contradicts the division of each class: whoever groups or orders the samples of an experiment that
  /// divides its classes means the one instead of the other.
  private func rulesOutClasses(_ path: [String], _ value: JSON) -> Bool {
    value != .null && split?.stratify == true
      && ["by", "order"].contains { path.map(Spelling.folded) == ["split", $0] }
  }

  /// Throws if a setting is out of range, or if settings contradict each other.
  public func check(with registry: Registry) throws { _ = try Experiment(from: json(), with: registry) }
}

extension JSON {
  /// Replaces the value at `path`, every part of which must exist.
  fileprivate mutating func replace(_ path: ArraySlice<String>, with value: JSON, at place: [String]) throws {
    guard let step = path.first else {
      self = value
      return
    }
    let here = place.joined(separator: ".")
    switch self {
    case .object(var object):
      guard let key = try object.spelled(at: here)[Spelling.folded(step)]?.key else {
        let known = object.keys.filter { $0 != "type" }
        throw GliaError(
          "unknown setting '\(step.excerpt)'", at: (place + [step.excerpt]).joined(separator: "."),
          expected: "one of \(known.joined(separator: ", "))",
          remedy: Suggestion.nearest(to: step, among: known).map { "did you mean '\($0)'?" })
      }
      // Another type has other settings.
      if key == "type", path.count == 1 { object = [:] }
      var inner = object[key] ?? .null
      try inner.replace(path.dropFirst(), with: value, at: place + [key])
      object[key] = inner
      self = .object(object)
    case .array(var items):
      guard let index = Int(step), items.indices.contains(index) else {
        throw GliaError(
          "there is no item '\(step.excerpt)'", at: here,
          expected: items.isEmpty ? "the list is empty" : "an index from 0 to \(items.count - 1)")
      }
      try items[index].replace(path.dropFirst(), with: value, at: place + [step])
      self = .array(items)
    case .null:
      // A part that was left out; decoding the result shows whether it has such a setting.
      var inner = JSON.null
      try inner.replace(path.dropFirst(), with: value, at: place + [step])
      self = .object([step: inner])
    default:
      throw GliaError(
        "\(here) is \(found), which has no settings", at: (place + [step.excerpt]).joined(separator: "."),
        expected: "the path of a known setting")
    }
  }
}

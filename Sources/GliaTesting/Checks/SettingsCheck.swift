import GliaCore

/// Checks what all components have in common: settings are valid and survive a JSON round trip.
///
/// - Parameters:
///   - component: any component; settings that differ from the defaults test more.
///   - registry: the registry for components among its settings; those in use are added automatically.
public func checkSettings(_ component: any Component, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(component)
  found.checkSettings(of: component, registry)
  return found.results
}

extension Findings {
  /// Returns whether the settings are valid, so that checks can continue.
  @discardableResult
  mutating func checkSettings<C: Component>(of component: C, _ registry: Registry) -> Bool {
    do { try component.checkSettings() } catch {
      // The placeholder of a required setting does not have to be valid.
      if component.missingSettings.isEmpty { fail("settings are valid", "\(error)") }
      return false
    }
    expect("settings are valid", true, "")
    do {
      let written = try JSON(part: component)
      let read = try Self.read(C.self, written, like: component, registry)
      let again = try JSON(part: read)
      expect(
        "JSON keeps settings", written == again && Self.text(component) == Self.text(read),
        "\(Self.text(component)) is written as \(written.compact) and read back as \(Self.text(read))\n"
          + "likely cause: a setting is missing from CodingKeys or from encode(to:)")
      checkStored(component, written)
      checkChanges(of: component, written, registry)
    } catch { fail("JSON keeps settings", "\(error)") }
    return true
  }

  /// Reads a component from JSON with a registry that contains its type and the components among its settings.
  static func read<C: Component>(
    _ type: C.Type, _ json: JSON, like component: C, _ registry: Registry
  ) throws -> C {
    var registry = registry
    registry.declare(type, as: C.kind)
    for known in [component] + parts(of: component) {
      let part = Swift.type(of: known)
      // Components that are already registered are kept.
      try? registry.register(part)
    }
    return try registry.make(type, from: json)
  }

  private static func text(_ component: any Component) -> String {
    var text = ""
    dump(component, to: &text)
    return text.split(separator: "\n").map { $0.trimmingPrefix { $0 == " " } }.joined(separator: " ")
  }

  /// Checks that every stored property is a setting in JSON; only callbacks and schedules may have other properties.
  private mutating func checkStored<C: Component>(_ component: C, _ written: JSON) {
    guard C.kind != .callback, C.kind != .schedule, let members = written.object else { return }
    let stored = Mirror(reflecting: component).children.compactMap(\.label).map {
      $0.hasPrefix("_") ? String($0.dropFirst()) : $0
    }
    let lost = stored.filter { members[Spelling.snakeCase($0)] == nil }
    expect(
      "JSON has every setting", stored.count < members.count || lost.isEmpty,
      "\(lost.joined(separator: ", ")) missing from \(written.compact), so a saved model would lose it\n"
        + "likely cause: it is not in CodingKeys; if it is not a setting, make it static or computed")
  }

  /// Checks that other values of a setting survive a round trip.
  private mutating func checkChanges<C: Component>(of component: C, _ written: JSON, _ registry: Registry) {
    for (setting, values) in written.variants {
      for value in values {
        let json = written.replacing(setting, by: value)
        guard let read = try? Self.read(C.self, json, like: component, registry), let again = try? JSON(part: read)
        else {
          continue
        }
        let got = again[setting] ?? .null
        expect(
          "JSON changes settings", got.isSameSetting(as: value),
          "\(setting) is read as \(value.compact) and written as \(got.compact)\n"
            + "likely cause: init(from:) does not read it, or encode(to:) writes something else")
        break
      }
    }
  }
}

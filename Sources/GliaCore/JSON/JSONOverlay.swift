extension JSON {
  /// Overrides defaults by a user's settings: the result has the keys of `defaults`, in their order and spelling.
  ///
  /// The key `type` is skipped, because it names the component and is not a setting.
  ///
  /// - Parameters:
  ///   - settings: the user's settings.
  ///   - defaults: all settings with their defaults.
  ///   - path: the path of the settings, for error messages.
  ///   - what: the owner of the settings, for error messages, such as `activation 'leaky_relu'`.
  /// - Throws: `GliaError` for an unknown setting, or one that is given twice in two spellings.
  public static func overlay(
    _ settings: Object, onto defaults: Object, at path: String, what: String
  ) throws -> Object {
    let names = Dictionary(defaults.keys.map { (Spelling.folded($0), $0) }) { first, _ in first }
    _ = try settings.spelled(at: path)
    var result = defaults
    for (key, value) in settings where Spelling.folded(key) != "type" {
      guard let name = names[Spelling.folded(key)] else {
        throw GliaError.unknown("setting", key, of: what, among: defaults.keys.filter { $0 != "type" }, at: path)
      }
      result[name] = value
    }
    return result
  }
}

extension JSON.Object {
  /// Returns the members by their normalized keys, which all spellings share.
  ///
  /// - Parameters:
  ///   - path: the path of the object, for error messages.
  ///   - form: normalizes a key.
  /// - Throws: `GliaError` for a key that is given twice in two spellings.
  func spelled(at path: String, _ form: (String) -> String = Spelling.folded) throws -> [String: Element] {
    var members: [String: Element] = [:]
    for member in self {
      guard let other = members.updateValue(member, forKey: form(member.key)) else { continue }
      throw GliaError.givenTwice(other.key, member.key, at: path)
    }
    return members
  }
}

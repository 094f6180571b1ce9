extension JSON {
  /// Lays a user's settings over the defaults: the result has the keys of `defaults`, in their order and spelling.
  ///
  /// The key `type` is skipped, for it names the component and is not a setting.
  ///
  /// - Parameters:
  ///   - settings: What the user wrote.
  ///   - defaults: All settings with their defaults.
  ///   - path: Where the settings stand, for messages.
  ///   - what: Whose settings they are, for messages, such as `activation 'leaky_relu'`.
  /// - Throws: `GliaError` for a setting that has no default or is given twice in two spellings.
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
  /// The members by the form of their keys that all spellings share.
  ///
  /// - Parameters:
  ///   - path: Where the object stands, for messages.
  ///   - form: That form of a key.
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

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
    var given: [String: String] = [:]
    var result = defaults
    for (key, value) in settings {
      let folded = Spelling.folded(key)
      if let other = given.updateValue(key, forKey: folded) { throw GliaError.givenTwice(other, key, at: path) }
      if folded == "type" { continue }
      guard let name = names[folded] else {
        throw GliaError.unknown("setting", key, of: what, among: defaults.keys.filter { $0 != "type" }, at: path)
      }
      result[name] = value
    }
    return result
  }
}

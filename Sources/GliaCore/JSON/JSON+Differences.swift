extension JSON {
  /// Returns the settings in which two values differ, with their paths, in order.
  ///
  /// Components of different types differ in their type alone; of lists of different lengths, what one lacks is null.
  package func differences(from other: JSON, at path: String) -> [SettingChange] {
    guard self != other else { return [] }
    switch (self, other) {
    case (.object(let own), .object(let others)):
      let isSameType = own["type"] == others["type"]
      return own.keys.union(others.keys).filter { isSameType || $0 == "type" }.flatMap { key in
        (own[key] ?? .null).differences(from: others[key] ?? .null, at: Spelling.path(path, key))
      }
    case (.array(let own), .array(let others)):
      return (0..<max(own.count, others.count)).flatMap { index in
        (index < own.count ? own[index] : .null).differences(
          from: index < others.count ? others[index] : .null, at: Spelling.path(path, "\(index)"))
      }
    default: return [SettingChange(path: path, old: compact.excerpt, new: other.compact.excerpt)]
    }
  }
}

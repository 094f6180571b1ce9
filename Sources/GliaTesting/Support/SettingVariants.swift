import GliaCore

extension JSON {
  /// Alternative values for every numeric or Boolean setting, those most likely to be valid first.
  var variants: [(setting: String, values: [JSON])] {
    (object ?? [:]).compactMap { key, value in
      switch value {
      case .bool(let flag): (key, [.bool(!flag)])
      case .number(let text): (key, Self.neighbours(text))
      default: nil
      }
    }
  }

  private static func neighbours(_ text: String) -> [JSON] {
    if let whole = Int(text) { return [JSON(whole &+ 1), JSON(whole &- 1)] }
    guard let number = Double(text) else { return [] }
    return number == 0 ? [0.125, 1.0] : [JSON(number / 2), JSON(number * 1.5), JSON((number + 1) / 2)]
  }

  /// The object with one member replaced.
  func replacing(_ key: String, by value: JSON) -> JSON {
    guard case .object(var members) = self else { return self }
    members[key] = value
    return .object(members)
  }

  /// Whether both values are the same setting, comparing numbers with the precision of a Float.
  func isSameSetting(as other: JSON) -> Bool {
    guard let left = double, let right = other.double else { return self == other }
    return (left - right).magnitude <= 1e-6 * right.magnitude
  }
}

/// The components among a component's settings, recursively.
func parts(of value: Any, depth: Int = 0) -> [any Component] {
  guard depth < 8 else { return [] }
  return Mirror(reflecting: value).children.flatMap { _, child in
    ((child as? any Component).map { [$0] } ?? []) + parts(of: child, depth: depth + 1)
  }
}

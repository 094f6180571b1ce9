/// A setting without a default, which must be given: `@Required var units = 0`.
///
/// The initial value is only a placeholder. Decoding JSON without the setting throws an error that names it; so does using a
/// component that was created in Swift without it. Choose a placeholder that `validate()` rejects, because a memberwise
/// initializer that is given the placeholder cannot be told from one that is given nothing.
///
/// ```swift
/// struct Bank: Layer {
///   static let name = "bank"
///   @Required var units = 0
///   @Required @Part var layers: [any Layer] = []
/// }
/// ```
@propertyWrapper
public struct Required<Value: Codable & Sendable>: Codable, Sendable, RequiredSetting {
  /// The value of the setting.
  public var wrappedValue: Value { didSet { isGiven = true } }
  /// Whether the setting was decoded or changed; the initializer of a struct by its members does neither.
  fileprivate var isGiven = false

  /// Creates a setting that has yet to be given.
  public init(wrappedValue placeholder: Value) { wrappedValue = placeholder }

  /// Decodes the setting.
  public init(from decoder: any Decoder) throws {
    wrappedValue = try decoder.singleValueContainer().decode(Value.self)
    isGiven = true
  }

  /// Encodes the setting.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(wrappedValue)
  }

  /// Whether the setting still is the `placeholder` of a fresh component.
  fileprivate func isMissing(_ placeholder: Any) -> Bool {
    guard !isGiven, let placeholder = placeholder as? Required else { return false }
    return (try? ComponentEncoder().encode(wrappedValue)) == (try? ComponentEncoder().encode(placeholder.wrappedValue))
  }
}

/// A required setting of any type.
private protocol RequiredSetting {
  func isMissing(_ placeholder: Any) -> Bool
}

extension Component {
  /// The names of required settings that were not given, in their JSON spelling.
  package var missingSettings: [String] {
    zip(Mirror(reflecting: self).children, Mirror(reflecting: Self()).children).compactMap { property, fresh in
      guard let setting = property.value as? any RequiredSetting, setting.isMissing(fresh.value) else { return nil }
      return property.label.map { Spelling.snakeCase(String($0.drop { $0 == "_" })) }
    }
  }

  /// Throws if a required setting was not given or a setting is invalid.
  public func checkSettings() throws {
    guard let missing = missingSettings.first else { return try validate() }
    throw GliaError(
      "\(Self.kind) '\(Self.name)' without \(missing)", expected: "the setting \(missing), which has no default",
      remedy: "give \(missing)")
  }
}

/// A setting without a default, which must be given: `@Required var units = 0`.
///
/// The initial value is only a placeholder. Decoding JSON without the setting throws an error that names it; so does using a
/// component that was created in Swift without it.
///
/// ```swift
/// struct Bank: Layer {
///   static let name = "bank"
///   @Required var units = 0
///   @Required @Part var activation: any Activation = Linear()
/// }
/// ```
@propertyWrapper
public struct Required<Value: Codable & Sendable>: Codable, Sendable, RequiredSetting {
  /// The value of the setting.
  public var wrappedValue: Value { didSet { isGiven = true } }
  /// Whether the setting was given.
  var isGiven = false

  /// Creates a setting that has yet to be given.
  public init(wrappedValue placeholder: Value) { wrappedValue = placeholder }

  /// Decodes the setting.
  public init(from decoder: any Decoder) throws {
    wrappedValue = try decoder.singleValueContainer().decode(Value.self)
    isGiven = true
  }

  /// Encodes the setting, or null if it was not given.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try isGiven ? container.encode(wrappedValue) : container.encodeNil()
  }
}

/// A required setting of any type.
private protocol RequiredSetting {
  /// Whether the setting was given.
  var isGiven: Bool { get }
}

extension Component {
  /// The names of required settings that were not given, in their JSON spelling.
  package var missingSettings: [String] {
    Mirror(reflecting: self).children.compactMap { property in
      guard let setting = property.value as? any RequiredSetting, !setting.isGiven else { return nil }
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

/// A setting without a default, which must be given: `@Required var units = 0`.
///
/// The initial value is a placeholder until then. JSON without the setting is refused by its name, and so is a component that
/// was made in Swift without it when it is put to use.
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
  /// The setting.
  public var wrappedValue: Value { didSet { isGiven = true } }
  var isGiven = false

  /// A setting that is still to be given.
  public init(wrappedValue placeholder: Value) { wrappedValue = placeholder }

  /// Reads the setting.
  public init(from decoder: any Decoder) throws {
    wrappedValue = try decoder.singleValueContainer().decode(Value.self)
    isGiven = true
  }

  /// Writes the setting, or null if it was not given.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try isGiven ? container.encode(wrappedValue) : container.encodeNil()
  }
}

/// A setting that must be given, whatever its type.
private protocol RequiredSetting {
  var isGiven: Bool { get }
}

extension Component {
  /// The settings that must be given and are not, in their JSON spelling.
  package var missingSettings: [String] {
    Mirror(reflecting: self).children.compactMap { property in
      guard let setting = property.value as? any RequiredSetting, !setting.isGiven else { return nil }
      return property.label.map { Spelling.snakeCase(String($0.drop { $0 == "_" })) }
    }
  }

  /// Refuses a component whose required settings were not given, or whose settings are outside of their range.
  public func checkSettings() throws {
    guard let missing = missingSettings.first else { return try validate() }
    throw GliaError(
      "\(Self.kind) '\(Self.name)' without \(missing)", expected: "the setting \(missing), which has no default",
      remedy: "give \(missing)")
  }
}

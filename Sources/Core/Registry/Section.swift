/// A group of settings that is not a component, such as an experiment's `training`: read over its defaults, unknown keys
/// refused.
@propertyWrapper
public struct Section<Wrapped: SettingsGroup>: Codable, Sendable {
  /// The settings.
  public var wrappedValue: Wrapped

  /// The settings with their defaults.
  public init(wrappedValue: Wrapped) { self.wrappedValue = wrappedValue }

  /// Reads the settings that are given over the defaults.
  public init(from decoder: any Decoder) throws {
    let json = try decoder.singleValueContainer().decode(JSON.self)
    wrappedValue = try Wrapped(from: json, with: Registry(of: decoder), at: decoder.dottedPath)
  }

  /// Writes all settings.
  public func encode(to encoder: any Encoder) throws { try wrappedValue.encode(to: encoder) }
}

/// A list of groups of settings.
@propertyWrapper
public struct Sections<Element: SettingsGroup>: Codable, Sendable {
  /// The groups.
  public var wrappedValue: [Element]

  /// The groups with their defaults.
  public init(wrappedValue: [Element]) { self.wrappedValue = wrappedValue }

  /// Reads each group over its defaults.
  public init(from decoder: any Decoder) throws {
    wrappedValue = try [Section<Element>](from: decoder).map(\.wrappedValue)
  }

  /// Writes all groups.
  public func encode(to encoder: any Encoder) throws { try wrappedValue.encode(to: encoder) }
}

/// Settings that stand together under a name of their own.
public protocol SettingsGroup: Codable, Sendable {
  /// What the group is called in error messages.
  static var title: String { get }
  /// The defaults.
  init()
  /// Refuses settings outside of their range.
  func validate() throws
}

extension SettingsGroup {
  /// Reads the settings that `json` gives over the defaults; throws for unknown ones, with those that are known.
  public init(from json: JSON, with registry: Registry, at place: String = "") throws {
    guard case .object(let settings) = json else {
      throw GliaError("\(json.found) where \(Self.title) is wanted", at: place, expected: "an object in { }")
    }
    guard case .object(let defaults) = try ComponentEncoder().encode(Self()) else {
      throw GliaError("\(Self.title) does not encode as an object")
    }
    if let type = settings.keys.first(where: { Spelling.folded($0) == "type" }) {
      throw GliaError(
        "unknown key '\(type)' of \(Self.title), which has only one type",
        at: [place, type].filter { !$0.isEmpty }.joined(separator: "."),
        expected: "one of \(defaults.keys.joined(separator: ", "))", remedy: "remove it")
    }
    let merged = try JSON.overlay(settings, onto: defaults, at: place, what: Self.title)
    self = try ComponentDecoder(userInfo: registry.userInfo).decode(Self.self, from: .object(merged), at: place)
    try GliaError.locating(place, validate)
  }
}

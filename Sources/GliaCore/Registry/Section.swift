/// A group of settings that is not a component, such as an experiment's `training`: given settings override the defaults, and
/// unknown keys are errors.
@propertyWrapper
public struct Section<Wrapped: SettingsGroup>: Codable, Sendable {
  /// The settings.
  public var wrappedValue: Wrapped

  /// Creates settings with their defaults.
  public init(wrappedValue: Wrapped) { self.wrappedValue = wrappedValue }

  /// Decodes the given settings over the defaults.
  public init(from decoder: any Decoder) throws {
    let json = try decoder.singleValueContainer().decode(JSON.self)
    wrappedValue = try Wrapped(from: json, with: Registry(of: decoder), at: decoder.dottedPath)
  }

  /// Encodes all settings.
  public func encode(to encoder: any Encoder) throws { try wrappedValue.encode(to: encoder) }
}

/// A list of groups of settings.
@propertyWrapper
public struct Sections<Element: SettingsGroup>: Codable, Sendable {
  /// The groups.
  public var wrappedValue: [Element]

  /// Creates groups with their defaults.
  public init(wrappedValue: [Element]) { self.wrappedValue = wrappedValue }

  /// Decodes each group over its defaults.
  public init(from decoder: any Decoder) throws {
    wrappedValue = try [Section<Element>](from: decoder).map(\.wrappedValue)
  }

  /// Encodes all groups.
  public func encode(to encoder: any Encoder) throws { try wrappedValue.encode(to: encoder) }
}

/// A named group of settings.
public protocol SettingsGroup: Codable, Sendable {
  /// The name of the group in error messages.
  static var title: String { get }
  /// Creates the defaults.
  init()
  /// Throws if a setting is out of range.
  func validate() throws
}

extension SettingsGroup {
  /// Decodes the settings in `json` over the defaults; throws for unknown ones, listing the known ones.
  public init(from json: JSON, with registry: Registry, at place: String = "") throws {
    try self.init(settings: json, with: registry, at: place)
  }

  /// Decodes settings of the current format.
  init(settings json: JSON, with registry: Registry, at place: String) throws {
    guard case .object(let settings) = json else {
      throw GliaError("expected \(Self.title), found \(json.found)", at: place, expected: "an object in { }")
    }
    guard case .object(let defaults) = try ComponentEncoder().encode(Self()) else {
      throw GliaError("\(Self.title) does not encode as an object")
    }
    if let type = settings.keys.first(where: { Spelling.folded($0) == "type" }) {
      throw GliaError(
        "unknown key '\(type)' of \(Self.title), which has no types",
        at: [place, type].filter { !$0.isEmpty }.joined(separator: "."),
        expected: "one of \(defaults.keys.joined(separator: ", "))", remedy: "remove it")
    }
    let merged = try JSON.overlay(settings, onto: defaults, at: place, what: Self.title)
    self = try ComponentDecoder(userInfo: registry.userInfo).decode(Self.self, from: .object(merged), at: place)
    if registry.checksSettings { try GliaError.locating(place, validate) }
  }
}

/// A setting that is itself a component: `@Part var activation: any Activation = Linear()`.
///
/// In JSON it is a name or an object with a `type`, looked up in the registry with which the experiment is read. Optional parts
/// and lists of parts work in the same way.
@propertyWrapper
public struct Part<Wrapped: Sendable>: Codable, Sendable {
  @usableFromInline var value: Wrapped

  /// The component.
  public var wrappedValue: Wrapped {
    // Lends the component: a getter would copy it in every pass.
    @inlinable _read { yield value }
    @inlinable _modify { yield &value }
  }

  /// Creates a setting with its default.
  public init(wrappedValue: Wrapped) { value = wrappedValue }

  /// Looks the component up in the decoder's registry.
  public init(from decoder: any Decoder) throws {
    let json = try decoder.singleValueContainer().decode(JSON.self)
    value = try Registry(of: decoder).part(Wrapped.self, from: json, at: decoder.dottedPath)
  }

  /// Encodes the component as an object with its `type` and all its settings.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(try JSON(part: value, userInfo: encoder.userInfo))
  }
}

extension Registry {
  private static let key = CodingUserInfoKey(rawValue: "glia.registry")

  /// The decoder's user info through which parts find this registry.
  var userInfo: [CodingUserInfoKey: any Sendable] { Self.key.map { [$0: self] } ?? [:] }

  /// Gets the registry of `decoder`; throws if there is none.
  init(of decoder: any Decoder) throws {
    guard let registry = Self.key.flatMap({ decoder.userInfo[$0] }) as? Registry else {
      throw GliaError(
        "a component was decoded without a registry", at: decoder.dottedPath, remedy: "use Registry.make(_:from:)")
    }
    self = registry
  }
}

/// `Optional` and `Array`, which contain parts without being parts themselves.
protocol PartContainer {
  static func makePart(from json: JSON, with registry: Registry, at place: String) throws -> Self
  func encodedPart(_ userInfo: [CodingUserInfoKey: Any]) throws -> JSON
}

extension Optional: PartContainer {
  static func makePart(from json: JSON, with registry: Registry, at place: String) throws -> Self {
    json == .null ? nil : try registry.part(Wrapped.self, from: json, at: place)
  }
  func encodedPart(_ userInfo: [CodingUserInfoKey: Any]) throws -> JSON {
    try map { try JSON(part: $0, userInfo: userInfo) } ?? .null
  }
}

extension Array: PartContainer {
  static func makePart(from json: JSON, with registry: Registry, at place: String) throws -> Self {
    guard case .array(let items) = json else {
      throw GliaError("expected a list, found \(json.found)", at: place, expected: "a list in [ ]")
    }
    return try items.enumerated().map { try registry.part(Element.self, from: $1, at: "\(place).\($0)") }
  }
  func encodedPart(_ userInfo: [CodingUserInfoKey: Any]) throws -> JSON {
    .array(try map { try JSON(part: $0, userInfo: userInfo) })
  }
}

extension Registry {
  /// Creates a component, an optional one or a list of them.
  func part<P>(_ type: P.Type, from json: JSON, at place: String) throws -> P {
    guard let container = type as? any PartContainer.Type else { return try make(type, from: json, at: place) }
    guard let made = try container.makePart(from: json, with: self, at: place) as? P else {
      throw GliaError("\(json.found) is not a valid \(type)", at: place)
    }
    return made
  }
}

extension JSON {
  /// Creates the JSON form of a component, an object with its `type` and every setting; similarly of an optional or a list.
  public init(part: some Any) throws { try self.init(part: part, userInfo: [:]) }

  /// Creates the JSON form with the `userInfo` of an encoder, which may collect the components' types.
  fileprivate init(part: some Any, userInfo: [CodingUserInfoKey: Any]) throws {
    if let container = part as? any PartContainer {
      self = try container.encodedPart(userInfo)
    } else if let component = part as? any Component {
      if let key = ComponentOrigins.Collector.key {
        (userInfo[key] as? ComponentOrigins.Collector)?.add(Swift.type(of: component))
      }
      guard case .object(let settings) = try ComponentEncoder(userInfo: userInfo).encode(component) else {
        throw GliaError("\(type(of: component).name) does not encode as an object")
      }
      var object = JSON.Object()
      object["type"] = .string(type(of: component).name)
      for (key, value) in settings { object[key] = value }
      self = .object(object)
    } else {
      throw GliaError("\(Swift.type(of: part)) is not a component", expected: "a type that conforms to Component")
    }
  }
}

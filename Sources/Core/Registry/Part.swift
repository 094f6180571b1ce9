/// A setting that is itself a component: `@Part var activation: any Activation = Linear()`.
///
/// In JSON it is a name or an object with a `type`; the registry that the experiment is read with looks it up. Optional
/// parts and lists of parts work alike.
@propertyWrapper
public struct Part<Wrapped: Sendable>: Codable, Sendable {
  /// The component.
  public var wrappedValue: Wrapped

  /// A setting with its default.
  public init(wrappedValue: Wrapped) { self.wrappedValue = wrappedValue }

  /// Looks the component up in the registry that the decoder carries.
  public init(from decoder: any Decoder) throws {
    let json = try decoder.singleValueContainer().decode(JSON.self)
    wrappedValue = try Registry(of: decoder).part(Wrapped.self, from: json, at: decoder.dottedPath)
  }

  /// Writes the component as an object with its `type` and all its settings.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(try JSON(part: wrappedValue))
  }
}

extension Registry {
  private static let key = CodingUserInfoKey(rawValue: "glia.registry")

  /// What a decoder carries so that parts find this registry.
  var userInfo: [CodingUserInfoKey: any Sendable] { Self.key.map { [$0: self] } ?? [:] }

  /// The registry that `decoder` carries; throws if there is none.
  init(of decoder: any Decoder) throws {
    guard let registry = Self.key.flatMap({ decoder.userInfo[$0] }) as? Registry else {
      throw GliaError(
        "a component was decoded without a registry", at: decoder.dottedPath, remedy: "use Registry.make(_:from:)")
    }
    self = registry
  }
}

/// `Optional` and `Array`, which hold parts without being one.
protocol PartContainer {
  static func makePart(from json: JSON, with registry: Registry, at place: String) throws -> Self
  func encodedPart() throws -> JSON
}

extension Optional: PartContainer {
  static func makePart(from json: JSON, with registry: Registry, at place: String) throws -> Self {
    json == .null ? nil : try registry.part(Wrapped.self, from: json, at: place)
  }
  func encodedPart() throws -> JSON { try map { try JSON(part: $0) } ?? .null }
}

extension Array: PartContainer {
  static func makePart(from json: JSON, with registry: Registry, at place: String) throws -> Self {
    guard case .array(let items) = json else {
      throw GliaError("\(json.found) where a list is wanted", at: place, expected: "a list in [ ]")
    }
    return try items.enumerated().map { try registry.part(Element.self, from: $1, at: "\(place).\($0)") }
  }
  func encodedPart() throws -> JSON { .array(try map { try JSON(part: $0) }) }
}

extension Registry {
  /// A component, an optional one or a list of them.
  func part<P>(_ type: P.Type, from json: JSON, at place: String) throws -> P {
    guard let container = type as? any PartContainer.Type else { return try make(type, from: json, at: place) }
    guard let made = try container.makePart(from: json, with: self, at: place) as? P else {
      throw GliaError("\(json.found) is no \(type)", at: place)
    }
    return made
  }
}

extension JSON {
  /// The JSON form of a component: an object with its `type` and every setting; of an optional or a list of them likewise.
  public init(part: some Any) throws {
    if let container = part as? any PartContainer {
      self = try container.encodedPart()
    } else if let component = part as? any Component {
      guard case .object(let settings) = try ComponentEncoder().encode(component) else {
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

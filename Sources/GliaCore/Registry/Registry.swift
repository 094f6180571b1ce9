/// The components that are available by name: a value to which a program adds its own.
///
/// ```swift
/// var registry = Registry.standard
/// try registry.register(MySwish.self)
/// let f = try registry.make((any Activation).self, named: "my_swish")
/// ```
public struct Registry: Sendable {
  /// The description of a component.
  public struct Entry: Sendable {
    /// The component's type.
    public let type: any Component.Type
    /// Its settings with their defaults; required settings are `null`.
    public let defaults: JSON.Object
    /// The settings that have no default and must be given.
    public let required: [String]
  }

  private var entries: [ComponentKind: [String: Entry]] = [:]
  private var names: [ComponentKind: [String: String]] = [:]
  private var kinds: [ObjectIdentifier: ComponentKind] = [:]
  private var defaultNames: [ComponentKind: String] = [:]
  /// Where the components of the file that is being read come from.
  var origins: ComponentOrigins?
  /// How many components contain the one to be made.
  private var nesting = 0
  /// Whether what is decoded must be valid, as opposed to a step toward something valid.
  var checksSettings = true

  /// The most components within each other; deeper ones could exhaust the stack of a thread, which may be 512 kB.
  static let nestingLimit = 64

  /// Creates a registry without components, which knows Glia's kinds.
  public init() {
    declare((any Activation).self, as: .activation)
    declare((any Loss).self, as: .loss)
    declare((any Initializer).self, as: .initializer)
    declare((any Optimizer).self, as: .optimizer)
    declare((any Transform).self, as: .transform)
    declare((any Regularizer).self, as: .regularizer)
    declare((any Constraint).self, as: .constraint)
    declare((any Augmentation).self, as: .augmentation)
    declare((any Layer).self, as: .layer)
    declare((any Schedule).self, as: .schedule)
    declare((any Metric).self, as: .metric)
    declare((any Callback).self, as: .callback)
    declare((any DataSource).self, as: .dataset)
    declare((any Split).self, as: .split)
    declare((any Preprocessor).self, as: .preprocessor)
  }

  /// Declares which kind the protocol `type`, written `(any P).self`, stands for; for custom kinds.
  ///
  /// - Parameters:
  ///   - type: the protocol.
  ///   - kind: the kind of its components.
  ///   - defaultName: the component used if an object has no `type` and gives what that component requires.
  public mutating func declare<P>(_ type: P.Type, as kind: ComponentKind, defaultName: String? = nil) {
    kinds[ObjectIdentifier(type)] = kind
    defaultNames[kind] = defaultName ?? defaultNames[kind]
  }

  /// Adds a component under its name and aliases; throws if one of them is already used within its kind.
  public mutating func register<C: Component>(_ type: C.Type) throws {
    let taken = names[C.kind, default: [:]]
    for name in [C.name] + C.aliases {
      if let owner = taken[Spelling.folded(name)] {
        throw GliaError(
          "the \(C.kind) '\(name)' is already registered by '\(owner)'", at: "\(C.self)",
          expected: "a name that is not taken", remedy: "choose another name or alias")
      }
    }
    let component = C()
    guard case .object(var defaults) = try ComponentEncoder().encode(component) else {
      throw GliaError("\(C.kind) '\(C.name)' does not encode as an object", expected: "a struct of settings")
    }
    let required = component.missingSettings
    guard defaults["type"] == nil else {
      throw GliaError(
        "\(C.kind) '\(C.name)' has a setting 'type'", at: "\(C.self)",
        expected: "another name: 'type' is that of the component", remedy: "rename the property")
    }
    if let renamed = required.first(where: { defaults[$0] == nil }) {
      throw GliaError(
        "\(C.kind) '\(C.name)' encodes '\(renamed)' under another name", at: "\(C.self)",
        expected: "the name of the property", remedy: "do not rename required settings by CodingKeys")
    }
    for setting in required { defaults[setting] = .null }
    for name in [C.name] + C.aliases { names[C.kind, default: [:]][Spelling.folded(name)] = C.name }
    entries[C.kind, default: [:]][C.name] = Entry(type: type, defaults: defaults, required: required)
  }

  /// The kinds that have components, in alphabetical order.
  public var knownKinds: [ComponentKind] { entries.keys.sorted { $0.rawValue < $1.rawValue } }

  /// Returns the components of a kind, in alphabetical order.
  public func components(of kind: ComponentKind) -> [Entry] {
    entries[kind, default: [:]].sorted { $0.key < $1.key }.map(\.value)
  }

  /// Returns the component with that name or alias; if there is none, throws and suggests the nearest name.
  public func entry(_ name: String, of kind: ComponentKind, at place: String = "") throws -> Entry {
    if let known = names[kind]?[Spelling.folded(name)], let entry = entries[kind]?[known] { return entry }
    if let error = origins?.error(unknown: name, of: kind, at: place) { throw error }
    let known = entries[kind, default: [:]].keys.sorted()
    let guess = Suggestion.nearest(to: name, among: known + Array(names[kind, default: [:]].keys).sorted())
    throw GliaError(
      "unknown \(kind) '\(name.excerpt)'", at: place.isEmpty ? nil : place,
      expected: "one of \(known.joined(separator: ", "))",
      remedy: guess.map { "did you mean '\(names[kind]?[Spelling.folded($0)] ?? $0)'?" }
        ?? "see 'glia components \(kind)'")
  }

  /// Returns the kind that the protocol `type` stands for.
  func kind<P>(of type: P.Type) throws -> ComponentKind {
    if let kind = kinds[ObjectIdentifier(type)] { return kind }
    throw GliaError("\(type) is not a kind of component", remedy: "declare it in the registry")
  }

  /// Creates a component by name, with its default settings.
  public func make<P>(_ type: P.Type, named name: String) throws -> P { try make(type, from: .string(name)) }

  /// Creates a component from its JSON form: a name, or an object with `type` and the settings that differ from the defaults.
  public func make<P>(_ type: P.Type, from json: JSON, at place: String = "") throws -> P {
    let kind = try kind(of: type)
    guard nesting <= Self.nestingLimit else {
      throw GliaError(
        "components nested more than \(Self.nestingLimit) deep", at: place,
        expected: "at most \(Self.nestingLimit) levels",
        remedy: "remove containers that hold nothing but another one")
    }
    var settings = JSON.Object()
    let name: String
    switch json {
    case .string(let text): name = text
    case .object(let object):
      settings = object
      switch object["type"] ?? defaultName(of: kind, for: object).map(JSON.string) {
      case .string(let text): name = text
      case .none:
        throw GliaError(
          "\(kind) without a type", at: place, expected: #"a name, or an object with "type""#, remedy: #"add "type""#)
      case .some(let other):
        throw GliaError("the type of a \(kind) is \(other.found)", at: place + ".type", expected: "a name in quotes")
      }
    default:
      throw GliaError(
        "expected a component of kind '\(kind)', found \(json.found)", at: place,
        expected: #"a name such as "\#(components(of: kind).first?.type.name ?? "…")", or an object with "type""#)
    }
    let entry = try entry(name, of: kind, at: place)
    let made = try decode(entry.type, settings, over: entry, at: place)
    guard let part = made as? P else { throw GliaError("\(name) is not \(type)", at: place) }
    return part
  }

  /// Returns the kind's default component, if `settings` contain everything that it requires.
  private func defaultName(of kind: ComponentKind, for settings: JSON.Object) -> String? {
    guard let name = defaultNames[kind], let entry = try? entry(name, of: kind) else { return nil }
    let given = Set(settings.keys.map(Spelling.folded))
    return entry.required.allSatisfy { given.contains(Spelling.folded($0)) } ? name : nil
  }

  private func decode<C: Component>(
    _ type: C.Type, _ settings: JSON.Object, over entry: Entry, at place: String
  ) throws -> any Component {
    let merged = try JSON.overlay(settings, onto: entry.defaults, at: place, what: "\(C.kind) '\(C.name)'")
    for required in entry.required where merged[required] == nil || merged[required] == .null {
      throw GliaError(
        "\(C.kind) '\(C.name)' without \(required)", at: place.isEmpty ? nil : place,
        expected: "the setting \(required), which has no default", remedy: #"add "\#(required)""#)
    }
    var inner = self
    inner.nesting += 1
    let (made, constants) = try ComponentDecoder(userInfo: inner.userInfo)
      .decodeWithRest(C.self, from: .object(merged), at: place)
    // Swift writes a stored constant, but never reads it.
    if let constant = constants.first {
      throw GliaError(
        "the \(C.kind) '\(C.name)' stores the constant \(constant)", at: place.isEmpty ? nil : place,
        expected: "settings alone, which JSON can change", remedy: "make \(constant) a computed or static property")
    }
    if checksSettings { try GliaError.locating(place, made.checkSettings) }
    return made
  }
}

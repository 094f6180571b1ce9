/// Where the components of a file come from, so that a program without one of them can say what it lacks.
struct ComponentOrigins: Hashable, Sendable {
  /// The types with their modules, such as `MyParts.Swish`, by kind and name.
  private var types: [String: [String: String]] = [:]
  /// The version of Glia that wrote the file.
  private let version: String?

  static let key = "glia.components"

  /// Creates the origins of the components that `value` contains.
  init(of value: some Encodable) throws {
    let collector = Collector()
    _ = try ComponentEncoder(userInfo: Collector.key.map { [$0: collector] } ?? [:]).encode(value)
    (types, version) = (collector.types, Model.version)
  }

  /// Reads the origins from a file; what is not as expected is left out, because the file may be usable without it.
  init(_ file: SafeTensors) {
    version = file.metadata["glia.version"]
    guard let text = file.metadata[Self.key], let kinds = (try? JSON(parsing: text, name: Self.key))?.object else {
      return
    }
    for (kind, names) in kinds { types[kind] = names.object?.reduce(into: [:]) { $0[$1.key] = $1.value.string } }
  }

  /// The metadata of a file.
  var text: String {
    get throws { try ComponentEncoder().encode(types).compact }
  }

  /// The error for a component of the file that is not registered; nil if it is not known where it comes from.
  func error(unknown name: String, of kind: ComponentKind, at place: String) -> GliaError? {
    guard let type = types[kind.rawValue]?[name], let dot = type.firstIndex(of: ".") else { return nil }
    let (module, own) = (String(type[..<dot]).excerpt, String(type[type.index(after: dot)...]).excerpt)
    let versions = version.flatMap {
      $0 == Model.version ? nil : "; the file is of Glia \($0.excerpt), this is \(Model.version)"
    }
    return GliaError(
      "unknown \(kind) '\(name.excerpt)': it comes from the module \(module)", at: place.isEmpty ? nil : place,
      expected: "a registry with \(type.excerpt)\(versions ?? "")",
      remedy:
        "import \(module) and register it, try registry.register(\(own).self), or use a tool that is built with it")
  }

  /// Gathers the types of components while they are encoded.
  final class Collector {
    static let key = CodingUserInfoKey(rawValue: "glia.components")
    fileprivate var types: [String: [String: String]] = [:]

    func add(_ type: any Component.Type) {
      // The names of private and local types contain addresses.
      types[type.kind.rawValue, default: [:]][type.name] =
        String(reflecting: type).replacing(/\(unknown context at [^)]*\)\./, with: "")
    }
  }
}

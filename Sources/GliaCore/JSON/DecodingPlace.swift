import OrderedCollections

/// The place that one value is read from.
final class DecodingPlace: Decoder, SingleValueDecodingContainer {
  let json: JSON
  let codingPath: [any CodingKey]
  let userInfo: [CodingUserInfoKey: Any]

  /// The requested keys, as Swift spells them, by their normalized form.
  var knownKeys: OrderedDictionary<String, String> = [:]
  var readsAllKeys = false
  private var isKeyed = false
  private var keepsKeys = false

  init(json: JSON, path: [any CodingKey], userInfo: [CodingUserInfoKey: Any]) {
    self.json = json
    codingPath = path
    self.userInfo = userInfo
  }

  func part(_ key: PathKey, _ json: JSON) -> DecodingPlace {
    DecodingPlace(json: json, path: codingPath + [key], userInfo: userInfo)
  }

  func fold(_ key: String) -> String { keepsKeys ? key : Spelling.folded(key) }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    isKeyed = true
    return KeyedDecodingContainer(try KeyedDecoding(place: self, object: required(json.object, Expectation.object)))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    UnkeyedDecoding(place: self, elements: try required(json.array, Expectation.list))
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func decodeNil() -> Bool { json == .null }

  /// Decodes a value, and throws if the type did not request all members.
  func decodeWhole<T: Decodable>(_ type: T.Type) throws -> T {
    let value = try decode(type)
    if let key = unreadKeys.first {
      throw GliaError.unknown("key", key, among: knownKeys.values.map(Spelling.snakeCase), at: dottedPath)
    }
    return value
  }

  /// The members that the type did not ask for.
  var unreadKeys: [String] {
    guard isKeyed, !readsAllKeys, let object = json.object else { return [] }
    return object.keys.filter { knownKeys[fold($0)] == nil }
  }

  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let outer = keepsKeys
    defer { keepsKeys = outer }
    do {
      if let plain = try plain(type), let value = plain as? T { return value }
      keepsKeys = type is any KeepsKeys.Type
      return try T(from: self)
    } catch let error as DecodingError {
      throw GliaError(
        "unexpected \(json.found)", at: error.context.codingPath.place,
        expected: Expectation.of(type) ?? error.context.debugDescription)
    } catch var error as GliaError where error.place == nil {
      error.place = codingPath.place
      throw error
    }
  }

  /// Returns the value of a type that needs no further decoding; `nil` for any other type.
  private func plain(_ type: any Decodable.Type) throws -> Any? {
    switch type {
    case is Bool.Type: try required(json.bool, Expectation.of(type))
    case is String.Type: try required(json.string, Expectation.of(type))
    case is Float.Type: try floating(Float.self)
    case is Double.Type: try floating(Double.self)
    case let type as any FixedWidthInteger.Type: try whole(type)
    default: nil
    }
  }

  private func floating<T: BinaryFloatingPoint & LosslessStringConvertible>(_ type: T.Type) throws -> T {
    guard case .number = json else { throw unexpected(Expectation.number) }
    guard let value: T = json.number() else {
      let limit = T.greatestFiniteMagnitude
      throw GliaError(
        "\(json.found) is out of range", at: codingPath.place, expected: "a number from \(-limit) to \(limit)")
    }
    return value
  }

  private func whole<T: FixedWidthInteger>(_ type: T.Type) throws -> T {
    guard case .number(let text) = json else { throw unexpected(Expectation.wholeNumber) }
    do {
      return try WholeNumber.parse(text)
    } catch .notWhole {
      throw unexpected(Expectation.wholeNumber)
    } catch .outOfRange {
      throw GliaError(
        "\(json.found) is out of range", at: codingPath.place,
        expected: "\(Expectation.wholeNumber) from \(T.min) to \(T.max)")
    }
  }

  private func required<T>(_ value: T?, _ expected: String?) throws -> T {
    guard let value else { throw unexpected(expected) }
    return value
  }

  private func unexpected(_ expected: String?) -> GliaError {
    GliaError("unexpected \(json.found)", at: codingPath.place, expected: expected)
  }
}

extension DecodingError {
  fileprivate var context: Context {
    switch self {
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
      .dataCorrupted(let context):
      context
    @unknown default: Context(codingPath: [], debugDescription: "\(self)")
    }
  }
}

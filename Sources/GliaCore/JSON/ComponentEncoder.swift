import OrderedCollections

/// Encodes a component as JSON: `negativeSlope` becomes `negative_slope`, an optional without a value `null`.
///
/// The keys of dictionaries are kept and sorted. A `JSON` inside the value is written unchanged.
public struct ComponentEncoder {
  /// The `userInfo` passed to the encoded types.
  public var userInfo: [CodingUserInfoKey: Any]

  /// Creates an encoder with the given `userInfo`.
  public init(userInfo: [CodingUserInfoKey: Any] = [:]) { self.userInfo = userInfo }

  /// Whether values that may be shortened are written in full, such as a list of one name instead of the name.
  package static let writesInFull = CodingUserInfoKey(rawValue: "glia.writesInFull")

  /// Returns the JSON of `value`.
  ///
  /// - Throws: `GliaError` for numbers that are not finite, which JSON cannot represent, with their path.
  public func encode(_ value: some Encodable) throws -> JSON {
    let root = EncodingPlace(path: [], userInfo: userInfo)
    do {
      try root.encode(value)
    } catch EncodingError.invalidValue(_, let context) {
      throw GliaError(context.debugDescription, at: context.codingPath.place)
    }
    return root.result
  }
}

extension Encoder {
  /// Whether values that may be shortened are to be written in full, so that all their settings can be seen and changed.
  package var writesInFull: Bool { ComponentEncoder.writesInFull.map { userInfo[$0] != nil } ?? false }
}

/// The place that one value is written to: as a scalar, element by element, or member by member.
final class EncodingPlace: Encoder, SingleValueEncodingContainer {
  let codingPath: [any CodingKey]
  let userInfo: [CodingUserInfoKey: Any]
  var value: JSON?
  private(set) var elements: [EncodingPlace]?
  private var members: OrderedDictionary<String, EncodingPlace> = [:]
  private var keepsKeys = false

  init(path: [any CodingKey], userInfo: [CodingUserInfoKey: Any]) {
    codingPath = path
    self.userInfo = userInfo
  }

  /// What has been written.
  var result: JSON {
    if let value { return value }
    if let elements { return .array(elements.map(\.result)) }
    var result = JSON.Object()
    // The order of a dictionary differs between runs.
    for (key, place) in keepsKeys ? members.sorted(by: { $0.key < $1.key }) : Array(members) {
      result[key] = place.result
    }
    return .object(result)
  }

  func member(_ key: any CodingKey) -> EncodingPlace {
    let name = keepsKeys ? key.stringValue : Spelling.snakeCase(key.stringValue)
    let place = EncodingPlace(path: codingPath + [PathKey(stringValue: name)], userInfo: userInfo)
    members[name] = place
    return place
  }

  func element() -> EncodingPlace {
    let place = EncodingPlace(path: codingPath + [PathKey(intValue: elements?.count ?? 0)], userInfo: userInfo)
    elements?.append(place)
    return place
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(KeyedEncoding(place: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    elements = elements ?? []
    return UnkeyedEncoding(place: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() { value = .null }

  func encode<T: Encodable>(_ value: T) throws {
    switch value {
    case let flag as Bool: self.value = .bool(flag)
    case let text as String: self.value = .string(text)
    case let number as any BinaryInteger: self.value = JSON(number)
    case let number as Float: self.value = try finite(JSON(number), number)
    case let number as Double: self.value = try finite(JSON(number), number)
    default:
      keepsKeys = value is any KeepsKeys
      try value.encode(to: self)
    }
  }

  private func finite(_ json: JSON, _ number: some BinaryFloatingPoint) throws -> JSON {
    guard number.isFinite else {
      throw GliaError("\(number) cannot be written as JSON", at: codingPath.place, expected: "a finite number")
    }
    return json
  }
}

/// Reads the members of an object.
struct KeyedDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
  private let place: DecodingPlace
  private let keys: [String]
  /// The members by their normalized keys, which all spellings share.
  private let members: [String: JSON.Object.Element]

  init(place: DecodingPlace, object: JSON.Object) throws {
    self.place = place
    keys = Array(object.keys)
    members = try object.spelled(at: place.dottedPath, place.fold)
  }

  var codingPath: [any CodingKey] { place.codingPath }

  var allKeys: [Key] {
    place.readsAllKeys = true
    return keys.compactMap { Key(stringValue: $0) ?? Key(stringValue: Spelling.camelCase($0)) }
  }

  private func find(_ key: any CodingKey) -> JSON.Object.Element? {
    let name = place.fold(key.stringValue)
    place.knownKeys[name] = key.stringValue
    return members[name]
  }

  private func member(_ key: any CodingKey, expected: String? = nil) throws -> DecodingPlace {
    if let (name, json) = find(key) { return place.part(PathKey(stringValue: name.excerpt), json) }
    let name = Spelling.snakeCase(key.stringValue)
    throw GliaError("'\(name)' is missing", at: place.codingPath.place, expected: expected, remedy: "add \"\(name)\"")
  }

  func contains(_ key: Key) -> Bool { find(key) != nil }

  func decodeNil(forKey key: Key) throws -> Bool { try member(key).decodeNil() }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try member(key, expected: Expectation.of(type)).decodeWhole(type)
  }

  func nestedContainer<Inner: CodingKey>(
    keyedBy type: Inner.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Inner> {
    try member(key, expected: Expectation.object).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try member(key, expected: Expectation.list).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { try member(PathKey(stringValue: "super")) }

  func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }
}

/// Reads the elements of an array in order.
struct UnkeyedDecoding: UnkeyedDecodingContainer {
  let place: DecodingPlace
  let elements: [JSON]
  private(set) var currentIndex = 0

  init(place: DecodingPlace, elements: [JSON]) {
    self.place = place
    self.elements = elements
  }

  var codingPath: [any CodingKey] { place.codingPath }
  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex == elements.count }

  private mutating func next(expected: String? = nil) throws -> DecodingPlace {
    guard !isAtEnd else {
      throw GliaError("the list ends after \(elements.count) elements", at: codingPath.place, expected: expected)
    }
    defer { currentIndex += 1 }
    return place.part(PathKey(intValue: currentIndex), elements[currentIndex])
  }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, elements[currentIndex] == .null else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    try next(expected: Expectation.of(type)).decodeWhole(type)
  }

  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    try next(expected: Expectation.object).container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try next(expected: Expectation.list).unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder { try next() }
}

/// Values found by a text, in the order in which they were given; lookup takes constant time.
///
/// Two maps are equal when the same keys hold equal values, whatever their order.
public struct OrderedMap<Value> {
  /// One key with its value.
  public typealias Element = (key: String, value: Value)

  private var elements: [Element] = []
  // Most maps are tiny: only larger ones pay for an index, which keeps hostile ones from going quadratic.
  private var positions: [String: Int] = [:]
  private static var indexedFrom: Int { 16 }

  /// An empty map.
  public init() {}

  /// The keys in order.
  public var keys: [String] { elements.map(\.key) }
  /// The values in the order of their keys.
  public var values: [Value] { elements.map(\.value) }

  /// The value of `key`; a new key goes to the end, and `nil` removes one.
  public subscript(key: String) -> Value? {
    get { position(of: key).map { elements[$0].value } }
    set {
      switch (position(of: key), newValue) {
      case (let position?, let value?): elements[position].value = value
      case (let position?, nil):
        elements.remove(at: position)
        positions = [:]
        indexIfLarge()
      case (nil, let value?):
        elements.append((key, value))
        if positions.isEmpty { indexIfLarge() } else { positions[key] = elements.count - 1 }
      case (nil, nil): break
      }
    }
  }

  private func position(of key: String) -> Int? {
    positions.isEmpty ? elements.firstIndex { $0.key == key } : positions[key]
  }

  private mutating func indexIfLarge() {
    guard elements.count >= Self.indexedFrom else { return }
    for (position, element) in elements.enumerated() { positions[element.key] = position }
  }
}

extension OrderedMap: RandomAccessCollection {
  /// The position of the first element.
  public var startIndex: Int { 0 }
  /// The position after the last element.
  public var endIndex: Int { elements.count }
  /// The element at a position from 0.
  public subscript(position: Int) -> Element { elements[position] }
}

extension OrderedMap: ExpressibleByDictionaryLiteral {
  /// A map from a literal; of a key that stands there twice the last value counts.
  public init(dictionaryLiteral elements: (String, Value)...) {
    for (key, value) in elements { self[key] = value }
  }
}

extension OrderedMap: Sendable where Value: Sendable {}

extension OrderedMap: Equatable where Value: Equatable {
  /// Whether both hold equal values under the same keys, in any order.
  public static func == (left: Self, right: Self) -> Bool {
    left.count == right.count && left.allSatisfy { right[$0.key] == $0.value }
  }
}

extension OrderedMap: Hashable where Value: Hashable {
  /// Feeds the keys and values to `hasher`, independently of their order.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(Dictionary(elements) { _, last in last })
  }
}

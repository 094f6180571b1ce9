import OrderedCollections

/// A JSON value (RFC 8259) that preserves everything: the digits of numbers and the order of keys are kept as written.
///
/// ```swift
/// let layer: JSON = ["type": "dense", "units": 4]
/// layer["units"]?.int  // 4
/// ```
public enum JSON: Sendable {
  /// The members of an object, in order.
  public typealias Object = OrderedDictionary<String, JSON>

  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number as text, such as `1e-3`.
  case number(String)
  /// A string.
  case string(String)
  /// An array of values.
  case array([JSON])
  /// An object: values by key.
  case object(Object)
}

extension JSON: Hashable {
  /// Returns whether both are the same value; objects are equal if the same keys have equal values, in any order.
  public static func == (left: JSON, right: JSON) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.number(let left), .number(let right)): left == right
    case (.string(let left), .string(let right)): left == right
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left.unordered == right.unordered
    default: false
    }
  }

  /// Hashes the value, independently of the order of keys.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .number(let text), .string(let text): hasher.combine(text)
    case .array(let elements): hasher.combine(elements)
    case .object(let members): hasher.combine(members.unordered)
    }
  }
}

extension OrderedDictionary {
  /// The members as an unordered dictionary; comparing an `OrderedDictionary` includes the order.
  var unordered: [Key: Value] { Dictionary(uniqueKeysWithValues: lazy.map { ($0.key, $0.value) }) }
}

extension JSON {
  /// Creates a whole number.
  public init(_ value: some BinaryInteger) { self = .number(String(value)) }

  /// Creates a number as the shortest decimal that parses to `value`.
  ///
  /// JSON has no infinity and no NaN: they are encoded as `replacement`, `null` by default.
  public init(_ value: Float, orElse replacement: JSON = .null) {
    self = value.isFinite ? .number(value.description) : replacement
  }

  /// Creates a number as the shortest decimal that parses to `value`; for infinity and NaN, uses `replacement`.
  public init(_ value: Double, orElse replacement: JSON = .null) {
    self = value.isFinite ? .number(value.description) : replacement
  }

  /// The Boolean, if this is one.
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The string, if this is one.
  public var string: String? { if case .string(let value) = self { value } else { nil } }
  /// The elements, if this is an array.
  public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
  /// The members, if this is an object.
  public var object: Object? { if case .object(let value) = self { value } else { nil } }
  /// The value of a whole number (such as `8`, `8.0` or `1e3`), if it fits an `Int`.
  public var int: Int? { if case .number(let text) = self { try? WholeNumber.parse(text) } else { nil } }
  /// The nearest `Float` to a number, unless that is infinite.
  public var float: Float? { number() }
  /// The nearest `Double` to a number, unless that is infinite.
  public var double: Double? { number() }

  func number<T: BinaryFloatingPoint & LosslessStringConvertible>() -> T? {
    guard case .number(let text) = self, let value = T(text), value.isFinite else { return nil }
    return value
  }

  /// The member `key` of an object.
  public subscript(key: String) -> JSON? { object?[key] }
  /// The element at `index` of an array, if there is one.
  public subscript(index: Int) -> JSON? { array.flatMap { $0.indices.contains(index) ? $0[index] : nil } }

  /// A description for error messages: `null`, `true`, `the number 4.5`, `text "four"`, `an array`, `an object`.
  public var found: String {
    switch self {
    case .null, .bool: compact
    case .number(let text): "the number \(text.excerpt)"
    case .string(let text): "text \"\(text.excerpt)\""
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension JSON: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringInterpolation, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  // No `nil` literal: it would make `json["units"] == nil` mean something else.

  /// Creates `true` or `false`.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Creates a whole number.
  public init(integerLiteral value: Int) { self.init(value) }
  /// Creates a number.
  public init(floatLiteral value: Double) { self.init(value) }
  /// Creates a string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// Creates an array.
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// Creates an object.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    var members = Object()
    for (key, value) in elements { members[key] = value }
    self = .object(members)
  }
}

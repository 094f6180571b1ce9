import GliaCore

/// One setting of a search space, with the values that it may have.
public struct SearchDimension: Hashable, Sendable {
  /// The values of a dimension.
  public enum Values: Hashable, Sendable {
    /// These values.
    case list([JSON])
    /// The numbers of a range.
    case range(SearchRange)
  }

  /// The requirement that another dimension has one of certain values.
  public struct Condition: Hashable, Sendable {
    /// The path of the other dimension, which must precede.
    public let path: String
    /// The values; a component may be given by its name alone.
    public let values: [JSON]

    /// Creates a condition.
    public init(_ path: String, in values: [JSON]) { (self.path, self.values) = (path, values) }
  }

  /// The path of the setting, such as `training.optimizer.learning_rate`.
  public let path: String
  /// Its values.
  public let values: Values
  /// When the setting is part of a trial; nil for always.
  public let condition: Condition?

  /// Creates a dimension with a list of values.
  ///
  /// - Throws: `GliaError` for an empty path, an empty list, and a value that is listed twice.
  public init(_ path: String, list: [JSON], when condition: Condition? = nil) throws {
    (self.path, values, self.condition) = (path, .list(list), condition)
    try Self.check(path)
    try GliaError.locating(path) { try Self.check(list) }
  }

  /// Creates a dimension with a range of values.
  ///
  /// - Throws: `GliaError` for an empty path.
  public init(_ path: String, range: SearchRange, when condition: Condition? = nil) throws {
    (self.path, values, self.condition) = (path, .range(range), condition)
    try Self.check(path)
  }

  /// The number of values; nil if they are not limited.
  public var count: Int? {
    switch values {
    case .list(let list): list.count
    case .range(let range): range.count
    }
  }

  /// Whether neighboring coordinates stand for similar values; false for lists, unless they are rising or falling numbers.
  public var isOrdered: Bool {
    guard case .list(let list) = values else { return true }
    let numbers = list.compactMap(\.double)
    guard numbers.count == list.count, list.count > 2 else { return false }
    let pairs = zip(numbers, numbers.dropFirst())
    return pairs.allSatisfy { $0 < $1 } || pairs.allSatisfy { $0 > $1 }
  }

  /// Returns the value at a coordinate in [0, 1).
  public func value(at coordinate: Double) -> JSON {
    switch values {
    case .list(let list): list[min(Int(min(max(coordinate, 0), 1) * Double(list.count)), list.count - 1)]
    case .range(let range): .number(range.value(at: coordinate).plain)
    }
  }

  /// Returns the coordinate of a value, which ``value(at:)`` maps back to it; nil if the dimension does not have this value.
  public func coordinate(of value: JSON) -> Double? {
    switch values {
    case .list(let list):
      return list.firstIndex { $0.isSame(as: value) }.map { (Double($0) + 0.5) / Double(list.count) }
    case .range(let range):
      guard let number = value.double, range.low...range.high ~= number else { return nil }
      let coordinate = range.coordinate(of: number)
      return range.count == nil || range.value(at: coordinate) == number ? coordinate : nil
    }
  }

  /// Returns coordinates of evenly spaced values, in order, each value once: all values of a list or of a range with a
  /// step, up to a million, otherwise at most `points` values that include both ends.
  public func grid(points: Int) -> [Double] {
    guard case .range(let range) = values else {
      let count = count ?? 0
      return (0..<count).map { (Double($0) + 0.5) / Double(count) }
    }
    let points = min(max(points, 1), 1_000_000)
    if let count = range.count, count <= (range.step == nil ? points : 1_000_000) {
      // With a step, every value has an equal part of [0, 1).
      guard range.step == nil else { return (0..<count).map { (Double($0) + 0.5) / Double(count) } }
      return range.all.map(range.coordinate)
    }
    guard points > 1 else { return [range.coordinate(of: range.value(at: 0.5))] }
    var coordinates: [Double] = []
    for point in 0..<points {
      // Of whole numbers and steps, several coordinates stand for one value.
      let coordinate = range.coordinate(of: range.value(at: min(Double(point) / Double(points - 1), 1.0.nextDown)))
      if coordinates.last.map({ $0 < coordinate }) ?? true { coordinates.append(coordinate) }
    }
    return coordinates
  }
}

extension SearchDimension {
  private static func check(_ path: String) throws {
    guard !path.isEmpty, path.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty }),
      path.utf8.count < 1000
    else {
      throw GliaError(
        "'\(path.excerpt)' is not the path of a setting", expected: "a path such as training.optimizer.learning_rate")
    }
  }

  private static func check(_ list: [JSON]) throws {
    guard !list.isEmpty else {
      throw GliaError("the list of values is empty", expected: "at least one value")
    }
    guard list.count <= 10_000 else {
      throw GliaError("\(list.count.grouped) values", expected: "at most 10,000", remedy: "give a range")
    }
    var seen: Set<JSON> = []
    for value in list where !seen.insert(value.folded).inserted {
      throw GliaError(
        "the value \(value.compact.excerpt) is listed twice", expected: "every value once", remedy: "remove one of them"
      )
    }
  }
}

extension JSON {
  /// The value with numbers in one spelling.
  var folded: JSON {
    switch self {
    case .number: double.map { .number($0.plain) } ?? self
    case .array(let elements): .array(elements.map(\.folded))
    case .object(let members): .object(members.mapValues(\.folded))
    default: self
    }
  }

  /// Whether both are the same value, however numbers are spelled.
  func isSame(as other: JSON) -> Bool { folded == other.folded }

  /// Whether `other` is the same value, or the name of this component.
  func matches(_ other: JSON) -> Bool {
    if isSame(as: other) { return true }
    guard let name = string ?? self["type"]?.string, let wanted = other.string else { return false }
    return Spelling.folded(name) == Spelling.folded(wanted)
  }
}

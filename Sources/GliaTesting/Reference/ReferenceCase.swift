import GliaCore

/// One case of a reference file, with error messages for missing members.
struct ReferenceCase {
  let index: Int
  let members: JSON.Object
  let kind: String

  init(_ json: JSON, index: Int) throws {
    guard case .object(let members) = json else {
      throw GliaError("expected a case, but found \(json.found)", at: "\(index)", expected: "an object in { }")
    }
    // The cases of solvers name their optimizer instead.
    guard let kind = members["kind"]?.string ?? members["optimizer"].map({ _ in "solver" }) else {
      throw GliaError(
        "a case without a kind", at: "\(index).kind", expected: "such as \"activation\"", remedy: "add it")
    }
    self.index = index
    self.members = members
    self.kind = kind
  }

  /// The path of a member, for error messages.
  func place(_ key: String) -> String { "\(index).\(key)" }

  func has(_ key: String) -> Bool { members[key].map { $0 != .null } ?? false }

  /// A required member.
  func member(_ key: String) throws -> JSON {
    guard let value = members[key] else {
      throw GliaError("a case of kind \(kind) without \(key)", at: place(key), expected: key, remedy: "add \"\(key)\"")
    }
    return value
  }

  func number(_ key: String) throws -> Double { try Self.number(member(key), at: place(key)) }

  /// A list of numbers, with exactly `count` elements if that is given.
  func numbers(_ key: String, count: Int? = nil) throws -> [Double] {
    try Self.numbers(member(key), count: count, at: place(key))
  }

  /// A list of lists of numbers.
  func rows(_ key: String, count: Int, width: Int) throws -> [[Double]] {
    let rows = try Self.list(member(key), count: count, at: place(key))
    return try rows.enumerated().map { try Self.numbers($1, count: width, at: "\(place(key)).\($0)") }
  }

  /// A shape of positive axes.
  func shape(_ key: String) throws -> [Int] { try Self.shape(member(key), at: place(key)) }

  /// A list of shapes that have `count` elements together.
  func shapes(_ key: String, count: Int) throws -> [[Int]] {
    let shapes = try Self.list(member(key), at: place(key)).enumerated().map {
      try Self.shape($1, at: "\(place(key)).\($0)")
    }
    let total = try shapes.totalCount()
    guard total == count else {
      throw GliaError("shapes with \(total) numbers", at: place(key), expected: "\(count) numbers")
    }
    return shapes
  }

  /// The shape [rows, outputs].
  func matrixShape(_ key: String) throws -> (rows: Int, width: Int) {
    let shape = try shape(key)
    guard shape.count == 2 else {
      throw GliaError("\(key) \(shape)", at: place(key), expected: "two axes, [rows, outputs]")
    }
    return (shape[0], shape[1])
  }

  /// Creates the component of the case.
  func component<P>(_ type: P.Type, _ key: String = "component", from registry: Registry) throws -> P {
    try registry.make(type, from: member(key), at: place(key))
  }

  /// The name of the component, for tables.
  var componentName: String {
    if kind == "solver" { return members["optimizer"]?.string?.excerpt ?? "case \(index)" }
    if kind == "training" { return members["name"]?.string?.excerpt ?? "case \(index)" }
    return (members["component"]?["type"]?.string ?? members["component"]?.string)?.excerpt ?? "case \(index)"
  }
}

extension ReferenceCase {
  static func list(_ json: JSON, count: Int? = nil, at place: String) throws -> [JSON] {
    guard case .array(let items) = json else {
      throw GliaError("expected a list, but found \(json.found)", at: place, expected: "a list in [ ]")
    }
    guard count ?? items.count == items.count else {
      throw GliaError("\(items.count) elements", at: place, expected: "\(count ?? 0)")
    }
    return items
  }

  static func number(_ json: JSON, at place: String) throws -> Double {
    guard let number = json.double, Float(number).isFinite else {
      throw GliaError("expected a number, but found \(json.found)", at: place, expected: "a value that fits a Float")
    }
    return number
  }

  static func numbers(_ json: JSON, count: Int? = nil, at place: String) throws -> [Double] {
    try list(json, count: count, at: place).enumerated().map { try number($1, at: "\(place).\($0)") }
  }

  static func shape(_ json: JSON, at place: String) throws -> [Int] {
    let axes = try list(json, at: place).map { axis in
      guard let length = axis.int, length > 0 else {
        throw GliaError("\(axis.found) in a shape", at: place, expected: "integers of 1 or more")
      }
      return length
    }
    _ = try axes.elementCount()
    return axes
  }
}

extension [Double] {
  /// The values rounded to single precision.
  var floats: [Float] { map { Float($0) } }
}

extension [Float] {
  var doubles: [Double] { map(Double.init) }
}

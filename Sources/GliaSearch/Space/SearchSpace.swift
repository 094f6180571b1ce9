import GliaCore

/// The settings that a search varies, each with its possible values.
///
/// A point of the space has a coordinate in [0, 1) for every dimension, so a search strategy needs to know nothing about the
/// values.
///
/// ```swift
/// let space = try SearchSpace([
///   SearchDimension("training.optimizer", list: ["sgd", "adam"]),
///   SearchDimension("training.optimizer.learning_rate", range: SearchRange(1e-4...1, isLogarithmic: true)),
///   SearchDimension(parsing: "training.optimizer.momentum=0..0.99 if training.optimizer=sgd"),
/// ])
/// space.values(at: [0.2, 0.5, 0])  // {"training.optimizer": "sgd", "training.optimizer.learning_rate": 0.01, …: 0}
/// ```
public struct SearchSpace: Hashable, Sendable {
  /// The dimensions, in order.
  public let dimensions: [SearchDimension]
  /// For each dimension with a condition, the index of the dimension that it depends on.
  private let parents: [Int?]

  /// Creates a space.
  ///
  /// - Throws: `GliaError` for no dimensions, a path that occurs twice, a setting that precedes the component that it belongs
  ///   to, and a condition on a dimension that does not precede or never has that value.
  public init(_ dimensions: [SearchDimension]) throws {
    guard 1...1000 ~= dimensions.count else {
      throw GliaError(
        "a search space of \(dimensions.count.counted("setting"))", expected: "1 to 1,000 settings",
        remedy: "name a setting and its values, such as training.optimizer.learning_rate=log:1e-4..1")
    }
    self.dimensions = dimensions
    parents = try dimensions.indices.map { index in
      try GliaError.locating(dimensions[index].path) { try Self.parent(of: index, among: dimensions) }
    }
  }

  /// The number of different trials; nil if it is not limited or very large.
  public var count: Int? {
    dimensions.reduce(1) { product, dimension in
      guard let product, let count = dimension.count else { return nil }
      let (next, overflow) = product.multipliedReportingOverflow(by: count)
      return overflow ? nil : next
    }
  }

  /// Returns which dimensions have a value at a point: those whose condition is fulfilled.
  public func active(at point: [Double]) -> [Bool] {
    var active: [Bool] = []
    for (index, dimension) in dimensions.enumerated() {
      guard let condition = dimension.condition, let parent = parents[index] else {
        active.append(true)
        continue
      }
      let value = dimensions[parent].value(at: point.indices.contains(parent) ? point[parent] : 0.5)
      active.append(active[parent] && condition.values.contains { value.matches($0) })
    }
    return active
  }

  /// Returns the values at a point by path, in order, without those of dimensions whose condition is not fulfilled.
  ///
  /// - Parameter point: a coordinate in [0, 1) for each dimension; missing ones are 0.5.
  public func values(at point: [Double]) -> JSON.Object {
    var values: JSON.Object = [:]
    for (index, isActive) in active(at: point).enumerated() where isActive {
      values[dimensions[index].path] = dimensions[index].value(at: point.indices.contains(index) ? point[index] : 0.5)
    }
    return values
  }

  /// Returns the point of these values; the coordinate of a dimension without a value is 0.5.
  ///
  /// - Throws: `GliaError` for a value that its dimension does not have, and a missing or unknown one.
  public func point(of values: JSON.Object) throws -> [Double] {
    var point: [Double] = []
    for dimension in dimensions {
      guard let value = values[dimension.path] else {
        point.append(0.5)
        continue
      }
      guard let coordinate = dimension.coordinate(of: value) else {
        throw GliaError(
          "\(value.compact.excerpt) is not a value of the search space", at: dimension.path,
          expected: dimension.text.excerpt)
      }
      point.append(coordinate)
    }
    let own = self.values(at: point)
    if let path = values.keys.first(where: { own[$0] == nil }) ?? own.keys.first(where: { values[$0] == nil }) {
      throw GliaError(
        values[path] == nil ? "there is no value" : "there is a value, which the search space does not have",
        at: path, expected: "values of \(own.keys.joined(separator: ", "))")
    }
    return point
  }
}

extension SearchSpace {
  /// Returns the index of the dimension that dimension `index` depends on; throws if its place in the list is wrong.
  private static func parent(of index: Int, among dimensions: [SearchDimension]) throws -> Int? {
    let own = dimensions[index]
    let folded = Spelling.folded(own.path)
    for other in dimensions[..<index] {
      let earlier = Spelling.folded(other.path)
      guard earlier != folded else {
        throw GliaError("the setting is listed twice", expected: "every setting once", remedy: "remove one of the two")
      }
      guard !earlier.hasPrefix(folded + ".") else {
        throw GliaError(
          "it follows its part \(other.path), which it would replace", expected: "the whole before its parts",
          remedy: "list \(own.path) before \(other.path)")
      }
    }
    guard let condition = own.condition else { return nil }
    let wanted = Spelling.folded(condition.path)
    guard let parent = dimensions[..<index].firstIndex(where: { Spelling.folded($0.path) == wanted }) else {
      throw missing(condition.path, index, among: dimensions)
    }
    guard !condition.values.isEmpty else {
      throw GliaError("the condition on \(condition.path) has no values", expected: "at least one value")
    }
    for value in condition.values where !dimensions[parent].takes(value) {
      throw GliaError(
        "\(condition.path) is never \(value.compact.excerpt)",
        expected: "a value of \(dimensions[parent].text.excerpt)")
    }
    return parent
  }

  private static func missing(_ path: String, _ index: Int, among dimensions: [SearchDimension]) -> GliaError {
    let wanted = Spelling.folded(path)
    if wanted == Spelling.folded(dimensions[index].path) {
      return GliaError("the setting depends on itself", expected: "a condition on another setting of the search space")
    }
    if dimensions[index...].contains(where: { Spelling.folded($0.path) == wanted }) {
      return GliaError(
        "it depends on \(path.excerpt), which follows it", expected: "a condition on an earlier setting",
        remedy: "list \(path.excerpt) first")
    }
    let earlier = dimensions[..<index].map(\.path)
    return GliaError(
      "it depends on \(path.excerpt), which the search does not vary",
      expected: earlier.isEmpty ? "no condition" : "one of \(earlier.joined(separator: ", ").visible(limit: 500))",
      remedy: Suggestion.nearest(to: path, among: earlier).map { "did you mean '\($0)'?" })
  }
}

extension SearchDimension {
  /// Whether a condition on `value` can be fulfilled.
  fileprivate func takes(_ value: JSON) -> Bool {
    guard case .list(let list) = values else { return coordinate(of: value) != nil }
    return list.contains { $0.matches(value) }
  }
}

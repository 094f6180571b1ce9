import GliaCore
import GliaSearch

/// Every combination of values, in order: the values of the last setting change fastest.
///
/// Lists and ranges with a step have all their values; other ranges have `points` values, both ends included. Settings whose
/// condition is not fulfilled multiply nothing. If the search has fewer trials than there are combinations, it ends early.
public struct GridSearch: SearchStrategy {
  public static let name = "grid"
  public static let aliases = ["grid_search"]
  public static let summary = "every combination of values, in order"
  /// The number of values of a range without a step.
  public var points = 5

  /// Creates a grid of 5 values for each range.
  public init() {}
  /// Creates a grid.
  public init(points: Int) { self.points = points }

  public func validate() throws {
    try require(1...10_000 ~= points, "points", points, expected: "a whole number from 1 to 10,000")
  }

  public func length(in space: SearchSpace) -> Int? { Grid(space, points: points).count(after: []) }

  public func propose(_ number: Int, of search: SearchContext) throws -> [Double] {
    let grid = Grid(search.space, points: points)
    guard let point = grid.point(number - 1) else {
      throw GliaError("the grid ends before trial \(number)", expected: "a number from 1 to \(grid.count(after: []))")
    }
    return point
  }
}

extension SearchStrategy where Self == GridSearch {
  /// Every combination of values, with `points` values for a range without a step.
  public static func grid(points: Int = 5) -> GridSearch { GridSearch(points: points) }
}

/// The combinations of a space as a tree, in which each level is a dimension.
private struct Grid {
  let space: SearchSpace
  let values: [[Double]]
  /// The last dimension with a condition; later ones have all their values everywhere.
  let lastConditional: Int

  private static let limit = 1_000_001

  init(_ space: SearchSpace, points: Int) {
    self.space = space
    values = space.dimensions.map { $0.grid(points: points) }
    lastConditional = space.dimensions.lastIndex { $0.condition != nil } ?? -1
  }

  /// The values of the dimension after `prefix`.
  private func choices(after prefix: [Double]) -> [Double] {
    guard space.dimensions[prefix.count].condition != nil else { return values[prefix.count] }
    return space.active(at: prefix)[prefix.count] ? values[prefix.count] : [0.5]
  }

  /// Returns the number of combinations that begin with `prefix`, at most 1,000,001.
  func count(after prefix: [Double]) -> Int {
    guard prefix.count <= lastConditional else {
      return values[prefix.count...].reduce(1) { min($0 * min($1.count, Self.limit), Self.limit) }
    }
    var total = 0
    let choices = choices(after: prefix)
    if !isParent(prefix.count) { return min(choices.count * count(after: prefix + [choices[0]]), Self.limit) }
    for choice in choices where total < Self.limit { total += count(after: prefix + [choice]) }
    return min(total, Self.limit)
  }

  /// Whether a later dimension depends on dimension `index`.
  private func isParent(_ index: Int) -> Bool {
    let path = Spelling.folded(space.dimensions[index].path)
    return space.dimensions[index...].contains { $0.condition.map { Spelling.folded($0.path) } == path }
  }

  /// Returns combination `index`; nil if there are fewer.
  func point(_ index: Int) -> [Double]? {
    var (rest, prefix) = (index, [Double]())
    while prefix.count < values.count {
      let choices = choices(after: prefix)
      if !isParent(prefix.count) {
        let each = count(after: prefix + [choices[0]])
        guard choices.indices.contains(rest / each) else { return nil }
        prefix.append(choices[rest / each])
        rest %= each
        continue
      }
      let next = choices.first { choice in
        let count = count(after: prefix + [choice])
        if rest < count { return true }
        rest -= count
        return false
      }
      guard let next else { return nil }
      prefix.append(next)
    }
    return prefix
  }
}

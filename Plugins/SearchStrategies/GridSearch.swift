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

  public func length(in space: SearchSpace) -> Int? {
    var grid = Grid(space, points: points)
    return grid.count()
  }

  public func propose(_ number: Int, of search: SearchContext) throws -> [Double] {
    var grid = Grid(search.space, points: points)
    guard let point = grid.point(number - 1) else {
      throw GliaError("the grid ends before trial \(number)", expected: "a number from 1 to \(grid.count())")
    }
    return point
  }
}

extension SearchStrategy where Self == GridSearch {
  /// Every combination of values, with `points` values for a range without a step.
  public static func grid(points: Int = 5) -> GridSearch { GridSearch(points: points) }
}

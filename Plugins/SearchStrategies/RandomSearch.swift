import GliaCore
import GliaSearch

/// Independent points, uniform in the search space.
///
/// Source: Bergstra and Bengio, "Random search for hyper-parameter optimization" (2012).
public struct RandomSearch: SearchStrategy {
  public static let name = "random"
  public static let aliases = ["random_search"]
  public static let summary = "independent random points"

  /// Creates a random search.
  public init() {}

  public func propose(_ number: Int, of search: SearchContext) -> [Double] {
    var random = search.random(number)
    return search.space.dimensions.map { _ in random.uniform() }
  }
}

extension SearchStrategy where Self == RandomSearch {
  /// Independent random points.
  public static func random() -> RandomSearch { RandomSearch() }
}

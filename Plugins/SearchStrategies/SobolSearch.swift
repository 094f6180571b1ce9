import GliaCore
import GliaSearch

/// The points of a scrambled Sobol sequence, which cover the search space more evenly than random ones.
///
/// Sources: Sobol', "On the distribution of points in a cube and the approximate evaluation of integrals" (1967); Owen,
/// "Randomly permuted (t, m, s)-nets and (t, s)-sequences" (1995).
public struct SobolSearch: SearchStrategy {
  public static let name = "sobol"
  public static let summary = "evenly spread points of a scrambled Sobol sequence"

  /// Creates a search along a Sobol sequence.
  public init() {}

  public func propose(_ number: Int, of search: SearchContext) throws -> [Double] {
    guard search.space.dimensions.count <= SobolSequence.mostDimensions else {
      throw GliaError(
        "a Sobol sequence of \(search.space.dimensions.count) settings",
        expected: "at most \(SobolSequence.mostDimensions)", remedy: "use the strategy 'random', or vary fewer settings"
      )
    }
    return SobolSequence(dimensions: search.space.dimensions.count, seed: search.seed).point(number - 1)
  }
}

extension SearchStrategy where Self == SobolSearch {
  /// Evenly spread points of a scrambled Sobol sequence.
  public static func sobol() -> SobolSearch { SobolSearch() }
}

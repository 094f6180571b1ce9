import GliaCore

/// Replaces each feature by indicators of the intervals in which its value lies, so that a linear model can fit any steps.
///
/// The intervals hold equally many training values, or are equally wide. The first and the last one have no outer end. A
/// missing value is in none.
public struct Binning: FeaturewisePreprocessor {
  /// How the ends of the intervals are chosen.
  public enum Strategy: String, Choice {
    /// Equally many training values in each.
    case quantile
    /// Equally wide.
    case uniform
  }

  public static let name = "bins"
  public static let summary = "an indicator for each interval of a feature's values"
  public var columns: [String] = []
  /// The number of intervals; fewer if ends are equal.
  public var count = 5
  /// How the ends of the intervals are chosen.
  public var strategy = Strategy.quantile

  /// Creates five intervals of all features with more than two values.
  public init() {}
  /// Creates intervals of the given features.
  public init(columns: [String], count: Int = 5, strategy: Strategy = .quantile) {
    (self.columns, self.count, self.strategy) = (columns, count, strategy)
  }

  public func validate() throws {
    try require(2...1000 ~= count, "count", count, expected: "a whole number from 2 to 1,000")
  }

  public func fit(_ feature: Feature) -> [Double] {
    let fractions = (1..<count).map { Double($0) / Double(count) }
    switch strategy {
    case .quantile: return Feature("", feature.quantiles(fractions)).distinct()
    case .uniform:
      let known = feature.known
      let (low, high) = (known.min() ?? 0, known.max() ?? 0)
      return Feature("", fractions.map { low + (high - low) * $0 }).distinct()
    }
  }

  public func apply(_ learned: [Double], to feature: Feature) -> [Feature] {
    (0...learned.count).map { bin in
      let low = bin == 0 ? -Double.infinity : learned[bin - 1]
      let high = bin == learned.count ? Double.infinity : learned[bin]
      let name =
        learned.isEmpty
        ? "\(feature.name) in all"
        : bin == 0
          ? "\(feature.name) < \(high.short)"
          : bin == learned.count ? "\(feature.name) ≥ \(low.short)" : "\(feature.name) in [\(low.short), \(high.short))"
      return Feature(name, feature.values.map { low <= $0 && $0 < high ? 1 : 0 })
    }
  }
}

extension Double {
  /// The number without `.0` if it is whole.
  var short: String { Int(exactly: self).map { "\($0)" } ?? "\(self)" }
}

/// A named feature with its value in each sample; NaN where it is missing.
public struct Feature: Sendable {
  /// The name.
  public var name: String
  /// The value in each sample.
  public var values: [Double]

  /// Creates a feature.
  public init(_ name: String, _ values: [Double]) { (self.name, self.values) = (name, values) }

  /// Returns the feature with `transform` applied to every value, also to missing ones.
  public func map(_ transform: (Double) -> Double) -> Feature { Feature(name, values.map(transform)) }

  /// The values that are not missing.
  public var known: [Double] { values.filter { !$0.isNaN } }

  /// The mean of the known values; 0 if there are none.
  public var mean: Double {
    let known = known
    return known.reduce(0) { $0 + $1 / Double(known.count) }
  }

  /// The population standard deviation of the known values; 0 if there are none.
  public var deviation: Double {
    let (known, mean) = (known, mean)
    return known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / Double(known.count) }.squareRoot()
  }

  /// Returns up to `limit` different known values, in ascending order if that is all of them.
  public func distinct(most limit: Int = .max) -> [Double] {
    var found = Set<Double>()
    for value in values where !value.isNaN {
      found.insert(value)
      if found.count >= limit { break }
    }
    return found.sorted()
  }

  /// Returns the values below which the given fractions of the known values lie, interpolated linearly; empty if none is known.
  ///
  /// Source: Hyndman and Fan, "Sample quantiles in statistical packages" (1996), definition 7.
  public func quantiles(_ fractions: [Double]) -> [Double] {
    let sorted = known.sorted()
    guard let last = sorted.indices.last else { return [] }
    return fractions.map { fraction in
      let place = min(max(fraction, 0), 1) * Double(last)
      let low = Int(exactly: place.rounded(.down)) ?? 0
      let (a, b) = (sorted[low], sorted[min(low + 1, last)])
      return a + (b - a) * (place - Double(low))
    }
  }
}

import Glia

extension StandardScaling: ExportablePreprocessor {
  /// Records (x - mean) / deviation.
  public func symbolic(_ learned: [AffineMap], _ features: SymbolicFeatures) throws -> SymbolicFeatures {
    try features.changed(by: self, learned, to: features.scaled(by: learned))
  }
}

extension RobustScaling: ExportablePreprocessor {
  /// Records (x - median) / interquartile range.
  public func symbolic(_ learned: [AffineMap], _ features: SymbolicFeatures) throws -> SymbolicFeatures {
    try features.changed(by: self, learned, to: features.scaled(by: learned))
  }
}

extension MinMaxScaling: ExportablePreprocessor {
  /// Records low + (high - low) (x - min) / (max - min).
  public func symbolic(_ learned: [AffineMap], _ features: SymbolicFeatures) throws -> SymbolicFeatures {
    let scaled = try SymbolicTensor(low) + SymbolicTensor(high - low) * features.scaled(by: learned)
    return try features.changed(by: self, learned, to: scaled)
  }
}

extension SymbolicFeatures {
  fileprivate func scaled(by maps: [AffineMap]) throws -> SymbolicTensor {
    try (values - constant(maps.map(\.offset))) / constant(maps.map(\.scale))
  }

  /// Returns 1 where `condition` is true, and 0 elsewhere.
  fileprivate static func indicator(_ condition: SymbolicTensor) -> SymbolicTensor {
    SymbolicTensor.select(condition, 1, 0).cast(to: .double)
  }

  /// Returns each feature `counts[i]` times in a row.
  fileprivate func repeated(_ counts: [Int]) -> SymbolicTensor {
    values.elements(counts.enumerated().flatMap { [Int](repeating: $0, count: $1) })
  }
}

extension LogTransform: ExportablePreprocessor {
  /// Records ln(x + shift).
  public func symbolic(_ learned: [[Double]], _ features: SymbolicFeatures) throws -> SymbolicFeatures {
    let x = features.values
    let sum = x + SymbolicTensor(shift)
    let logarithm = SymbolicTensor.select(
      SymbolicTensor(0.0 as Double).less(than: sum), shift == 1 ? .log(onePlus: x) : .log(sum),
      SymbolicTensor(Double.nan))
    return try features.changed(by: self, learned, to: logarithm)
  }
}

extension PolynomialFeatures: ExportablePreprocessor {
  /// Records the products of each degree from those of the degree below.
  public func symbolic(_ learned: [Double], _ features: SymbolicFeatures) throws -> SymbolicFeatures {
    let count = features.names.count
    var last = (products: features.values, next: (0..<count).map { interactionsOnly ? $0 + 1 : $0 })
    var results = [features.values]
    for _ in 1..<degree {
      let pairs = last.next.enumerated().flatMap { product, next in
        (min(next, count)..<count).map { (product: product, factor: $0) }
      }
      guard !pairs.isEmpty else { break }
      last.products = last.products.elements(pairs.map(\.product)) * features.values.elements(pairs.map(\.factor))
      last.next = pairs.map { interactionsOnly ? $0.factor + 1 : $0.factor }
      results.append(last.products)
    }
    return try features.changed(by: self, learned, to: .concatenating(results))
  }
}

extension Binning: ExportablePreprocessor {
  /// Records an indicator for each interval.
  public func symbolic(_ learned: [[Double]], _ features: SymbolicFeatures) throws -> SymbolicFeatures {
    let x = features.repeated(learned.map { $0.count + 1 })
    let low = try features.constant(learned.flatMap { [-Double.infinity] + $0 })
    let high = try features.constant(learned.flatMap { $0 + [Double.infinity] })
    let isInside = SymbolicFeatures.indicator(low.lessOrEqual(to: x)) * SymbolicFeatures.indicator(x.less(than: high))
    return try features.changed(by: self, learned, to: isInside)
  }
}

extension Imputation: ExportablePreprocessor {
  /// Records the replacement of missing values.
  public func symbolic(_ learned: [Double], _ features: SymbolicFeatures) throws -> SymbolicFeatures {
    let filled = SymbolicTensor.select(features.values.isNaN, try features.constant(learned), features.values)
    return try features.changed(by: self, learned, to: filled)
  }
}

extension MissingIndicator: ExportablePreprocessor {
  /// Records each feature and whether it is missing.
  public func symbolic(_ learned: [[Double]], _ features: SymbolicFeatures) throws -> SymbolicFeatures {
    let count = features.names.count
    let both = SymbolicTensor.concatenating([features.values, SymbolicFeatures.indicator(features.values.isNaN)])
    return try features.changed(
      by: self, learned, to: both.elements((0..<count).flatMap { [$0, count + $0] }))
  }
}

extension OneHotEncoding: ExportablePreprocessor {
  /// Records an indicator for each value.
  public func symbolic(_ learned: [[Double]], _ features: SymbolicFeatures) throws -> SymbolicFeatures {
    let x = features.repeated(learned.map(\.count))
    let isValue = SymbolicFeatures.indicator(x.equal(to: try features.constant(learned.flatMap(\.self))))
    return try features.changed(by: self, learned, to: isValue)
  }
}

extension CategoryEmbedding: ExportablePreprocessor {
  /// Records the index of each category's value.
  public func symbolic(_ learned: [Category], _ features: SymbolicFeatures) throws -> SymbolicFeatures {
    let places = Dictionary(features.names.enumerated().map { ($1, $0) }) { first, _ in first }
    let indices = try learned.map { category in
      let names = category.features.isEmpty ? [category.name] : category.features
      let values = features.values.elements(names.compactMap { places[$0] })
      let isValue =
        try category.features.isEmpty
        ? values.equal(to: features.constant(category.values)) : SymbolicTensor(0.5).less(than: values)
      let count = Double(category.values.count)
      // The sum of i - n over the value that is there, if any, plus n.
      let steps = try features.constant(category.values.indices.map { Double($0) - count })
      return (SymbolicFeatures.indicator(isValue) * steps).sum() + SymbolicTensor(count)
    }
    return try features.changed(by: self, learned, to: .concatenating(indices))
  }
}

extension QuantileTransform: ExportablePreprocessor {
  /// Records the rank among the quantiles, and the normal quantile of the rank.
  public func symbolic(_ learned: [[Double]], _ features: SymbolicFeatures) throws -> SymbolicFeatures {
    let ranks = try learned.enumerated().map { try rank(features.values.elements([$0]), in: $1, features) }
    let uniform = SymbolicTensor.concatenating(ranks)
    return try features.changed(by: self, learned, to: output == .uniform ? uniform : Self.normal(uniform))
  }

  private func rank(_ x: SymbolicTensor, in quantiles: [Double], _ features: SymbolicFeatures) throws -> SymbolicTensor
  {
    typealias Choice = SymbolicTensor
    guard let first = quantiles.first, let last = quantiles.last, quantiles.count > 1 else {
      return x * .init(Double.nan)
    }
    let (low, high) = (SymbolicTensor(first), SymbolicTensor(last))
    guard last > first else {
      let rank = Choice.select(x.less(than: low), 0, Choice.select(high.less(than: x), 1, 0.5)).cast(to: .double)
      return Choice.select(x.isNaN, x, rank)
    }
    let all = try features.constant(quantiles)
    let table = all.reshaped([quantiles.count, 1])
    let below = SymbolicFeatures.indicator(all.less(than: x)).sum()
    let through = SymbolicFeatures.indicator(all.lessOrEqual(to: x)).sum()
    let end = SymbolicTensor(Double(quantiles.count - 1))
    let (a, b) = ((below - 1).rows(of: table).reshaped([1]), below.rows(of: table).reshaped([1]))
    let between = (below - 1 + (x - a) / (b - a)) / end
    let inner = Choice.select(below.less(than: through), (below + through - 1) * 0.5 / end, between)
    let isHigh = quantiles[quantiles.count - 2] < last ? high.lessOrEqual(to: x) : high.less(than: x)
    let isLow = quantiles[1] > first ? x.lessOrEqual(to: low) : x.less(than: low)
    return Choice.select(isLow, 0, Choice.select(isHigh, 1, inner))
  }

  /// Source: Acklam, "An algorithm for computing the inverse normal cumulative distribution function" (2003), without the last
  /// step of refinement: a relative error of 1.2e-9.
  private static func normal(_ rank: SymbolicTensor) -> SymbolicTensor {
    func polynomial(_ x: SymbolicTensor, _ coefficients: [Double]) -> SymbolicTensor {
      coefficients.dropFirst().reduce(SymbolicTensor(coefficients[0])) { $0 * x + SymbolicTensor($1) }
    }
    let p = SymbolicTensor.minimum(.maximum(rank, SymbolicTensor(1e-7)), SymbolicTensor(1 - 1e-7))
    let tail = SymbolicTensor.minimum(p, 1 - p)
    let q = SymbolicTensor.sqrt(-2 * .log(tail))
    let outer = polynomial(q, Normal.tailNumerator) / polynomial(q, Normal.tailDenominator)
    let r = p - 0.5
    let inner = polynomial(r * r, Normal.middleNumerator) * r / polynomial(r * r, Normal.middleDenominator)
    let signed = SymbolicTensor.select(SymbolicTensor(0.5).less(than: p), -outer, outer)
    return .select(tail.less(than: SymbolicTensor(0.02425)), signed, inner)
  }
}

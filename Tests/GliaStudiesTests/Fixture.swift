import Foundation
import Testing

/// The tables of make_statistics_fixtures.py and the values of SciPy, statsmodels and scikit-posthocs.
struct Fixture: Decodable, Sendable {
  struct Tails: Decodable, Sendable { let twoSided, less, greater: Double }
  struct Pair: Decodable, Sendable {
    let first, second: [Double]
    let statistic: Double
    let normal: Tails
    let exact: Tails?
  }
  struct Table: Decodable, Sendable {
    let rows: [[Double]]
    let averageRanks: [Double]
    let statistic, pValue, imanDavenport, imanDavenportPValue: Double
    let nemenyi: [[Double]]
    let conover: [String: [[Double]]]
  }
  struct QuantileCase: Decodable, Sendable { let scores, levels, values: [Double] }
  struct BootstrapCase: Decodable, Sendable {
    let scores: [Double]
    let low, high: Double
  }
  struct Functions: Decodable, Sendable { let gamma, beta, normal, ranges, critical: [[Double]] }
  struct HolmCase: Decodable, Sendable { let pValues, corrected: [Double] }

  let pairs: [Pair]
  let tables: [Table]
  let quantiles: [QuantileCase]
  let bootstrap: [BootstrapCase]
  let functions: Functions
  let holm: [HolmCase]

  static func read() throws -> Fixture {
    let file = try #require(
      Bundle.module.url(forResource: "statistics", withExtension: "json", subdirectory: "Fixtures"))
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode(Fixture.self, from: Data(contentsOf: file))
  }
}

/// Whether two numbers agree to `tolerance`, relative to the expected one, also if it is tiny.
func agrees(_ value: Double, _ expected: Double, within tolerance: Double = 1e-6) -> Bool {
  value == expected || abs(value - expected) <= tolerance * max(abs(expected), 1e-12)
}

/// Whether all numbers of two matrices agree.
func agree(_ values: [[Double]], _ expected: [[Double]], within tolerance: Double = 1e-6) -> Bool {
  values.map(\.count) == expected.map(\.count)
    && zip(values.joined(), expected.joined()).allSatisfy { agrees($0, $1, within: tolerance) }
}

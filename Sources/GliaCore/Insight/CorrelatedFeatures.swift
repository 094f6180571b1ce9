/// Two features of different inputs that say much the same.
public struct CorrelatedFeatures: Hashable, Sendable {
  /// The name of one feature.
  public let first: String
  /// The name of the other one.
  public let second: String
  /// Pearson's correlation coefficient.
  public let correlation: Double
}

extension CorrelatedFeatures: CustomStringConvertible {
  /// A warning that says what the correlation means for the importance of both.
  public var description: String {
    "'\(first.excerpt)' and '\(second.excerpt)' are correlated (\(correlation.brief)): where one is shuffled, the model "
      + "can rely on the other, so both may seem less important than they are"
  }
}

extension Dataset {
  /// The largest number of features whose pairs are compared.
  private static let mostFeatures = 2_000
  /// The approximate number of products; with many features, fewer samples are compared, but at least a hundred.
  private static let mostProducts = 4e8

  /// Returns the pairs of features of different inputs whose correlation is beyond `limit`, the closest first; none with more
  /// than 2,000 features.
  func correlatedFeatures(of inputs: [ModelInput], beyond limit: Double = 0.9) -> [CorrelatedFeatures] {
    let features = inputs.enumerated().flatMap { owner, input in input.features.map { (owner: owner, feature: $0) } }
    guard features.count > 1, features.count <= Self.mostFeatures, count > 2 else { return [] }
    let most = max(Int(Self.mostProducts / Double(features.count * features.count)), 100)
    let rows = Array(stride(from: 0, to: count, by: max(count / most, 1)))
    let columns = features.map { unitColumn($0.feature, rows) }
    var pairs: [CorrelatedFeatures] = []
    for (i, one) in features.enumerated() where !columns[i].isEmpty {
      for j in features.indices.dropFirst(i + 1) where features[j].owner != one.owner && !columns[j].isEmpty {
        let product = columns[i].indices.reduce(0) { $0 + columns[i][$1] * columns[j][$1] }
        guard product.magnitude > limit else { continue }
        pairs.append(
          CorrelatedFeatures(
            first: inputNames[one.feature], second: inputNames[features[j].feature],
            correlation: min(max(product, -1), 1)))
      }
    }
    return pairs.sorted { $0.correlation.magnitude > $1.correlation.magnitude }
  }

  /// Returns a feature, shifted to mean 0 and scaled to length 1, with missing values at the mean; empty if it is constant.
  private func unitColumn(_ feature: Int, _ rows: [Int]) -> [Double] {
    let values = rows.map { number($0, feature) }
    let known = values.filter { !$0.isNaN }
    let mean = known.reduce(0) { $0 + $1 / Double(known.count) }
    let centered = values.map { $0.isNaN ? 0 : $0 - mean }
    let length = centered.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length.isFinite, length > 1e-9 * mean.magnitude, length > 0 else { return [] }
    return centered.map { $0 / length }
  }
}

import GliaCore

/// Returns 1 - unexplained / total, averaged over the outputs; for constant targets, 1 if nothing is unexplained, otherwise 0.
func explainedFraction(
  _ predictions: Predictions,
  _ deviances: (_ wanted: [Double], _ found: [Double]) -> (unexplained: Double, total: Double)
) -> Double {
  let width = predictions.width
  var sum = 0.0
  for column in 0..<width {
    let places = (0..<predictions.rows).map { $0 * width + column }
    let (rest, total) = deviances(
      places.map { Double(predictions.targets[$0]) }, places.map { Double(predictions.outputs[$0]) })
    sum += total == 0 ? (rest == 0 ? 1 : 0) : 1 - rest / total
  }
  return sum / Double(width)
}

extension [Double] {
  /// Returns the weighted mean, exactly for equal numbers.
  func mean(weights: [Float]?) -> Double { self[0] + meanOfDistances(weights: weights) }

  /// Returns the weighted sum of squared deviations from the mean.
  ///
  /// Numbers are shifted by the first one, so the sum is exactly 0 for equal numbers, whatever the rounding of the mean.
  func squaredDeviation(weights: [Float]?) -> Double {
    let mean = meanOfDistances(weights: weights)
    return indices.reduce(0) { sum, i in
      let distance = self[i] - self[0] - mean
      return sum + (weights.map { Double($0[i]) } ?? 1) * distance * distance
    }
  }

  /// Returns the weighted mean of the distances from the first number; NaN if all weights are 0.
  private func meanOfDistances(weights: [Float]?) -> Double {
    func weight(_ i: Int) -> Double { weights.map { Double($0[i]) } ?? 1 }
    let total = indices.reduce(0) { $0 + weight($1) }
    return indices.reduce(0) { $0 + weight($1) * (self[$1] - self[0]) } / total
  }
}

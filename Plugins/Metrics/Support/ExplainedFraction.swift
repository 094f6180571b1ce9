import GliaCore

/// Returns 1 - unexplained / total, averaged over the outputs; for constant targets, 1 if nothing is unexplained, otherwise 0.
func explainedFraction(_ predictions: Predictions, unexplained: (_ distances: [Double]) -> Double) -> Double {
  let width = predictions.width
  var sum = 0.0
  for column in 0..<width {
    let places = (0..<predictions.rows).map { $0 * width + column }
    let wanted = places.map { Double(predictions.targets[$0]) }
    let rest = unexplained(zip(wanted, places).map { $0 - Double(predictions.outputs[$1]) })
    let total = wanted.squaredDeviation(weights: predictions.weights)
    sum += total == 0 ? (rest == 0 ? 1 : 0) : 1 - rest / total
  }
  return sum / Double(width)
}

extension [Double] {
  /// Returns the weighted sum of squared deviations from the mean.
  ///
  /// Numbers are shifted by the first one, so the sum is exactly 0 for equal numbers, whatever the rounding of the mean.
  func squaredDeviation(weights: [Float]?) -> Double {
    func weight(_ i: Int) -> Double { weights.map { Double($0[i]) } ?? 1 }
    let total = indices.reduce(0) { $0 + weight($1) }
    let mean = indices.reduce(0) { $0 + weight($1) * (self[$1] - self[0]) } / total
    return indices.reduce(0) { sum, i in
      let distance = self[i] - self[0] - mean
      return sum + weight(i) * distance * distance
    }
  }
}

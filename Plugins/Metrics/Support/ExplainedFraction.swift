import GliaCore

/// 1 - unexplained / total for each output, averaged; where targets do not vary, 1 if nothing is unexplained, else 0.
func explainedFraction(
  _ predictions: Span<Float>, _ targets: Span<Float>, rows: Int, unexplained: (_ distances: [Double]) -> Double
) -> Double {
  let width = predictions.count / rows
  var sum = 0.0
  for column in 0..<width {
    let wanted = targets.column(column, width: width)
    let rest = unexplained(zip(wanted, predictions.column(column, width: width)).map { $0 - $1 })
    let total = wanted.squaredDeviation
    sum += total == 0 ? (rest == 0 ? 1 : 0) : 1 - rest / total
  }
  return sum / Double(width)
}

extension Span where Element == Float {
  /// Every number of one column.
  fileprivate func column(_ index: Int, width: Int) -> [Double] {
    stride(from: index, to: count, by: width).map { Double(self[$0]) }
  }
}

extension [Double] {
  /// The sum of squared distances from the mean; exactly 0 for equal numbers, which a rounded mean would miss.
  var squaredDeviation: Double {
    let distances = map { $0 - self[0] }
    let mean = distances.reduce(0, +) / Double(count)
    return distances.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }
}

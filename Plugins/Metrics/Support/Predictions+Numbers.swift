import GliaCore

extension Predictions {
  /// Returns the mean of `value` over the samples and outputs.
  func meanOverOutputs(_ value: (_ prediction: Double, _ target: Double) -> Double) -> Double {
    mean { row in
      (row * width..<(row + 1) * width).reduce(0) { $0 + value(Double(outputs[$1]), Double(targets[$1])) }
        / Double(width)
    }
  }
}

extension [Double] {
  /// Returns the weighted median: the number below and above which lies half of the weight, or the mean of two such numbers;
  /// NaN if a number is NaN, or if all weights are 0.
  func median(weights: [Float]?) -> Double {
    func weight(_ i: Int) -> Double { weights.map { Double($0[i]) } ?? 1 }
    let sorted = indices.filter { weight($0) > 0 }.sorted { self[$0] < self[$1] }
    guard !sorted.isEmpty, !sorted.contains(where: { self[$0].isNaN }) else { return .nan }
    let total = sorted.reduce(0) { $0 + weight($1) }
    var below = 0.0
    for (i, place) in sorted.enumerated() {
      below += weight(place)
      if 2 * below > total || i == sorted.count - 1 { return self[place] }
      if 2 * below == total { return (self[place] + self[sorted[i + 1]]) / 2 }
    }
    return .nan
  }
}

import RealModule

/// How probabilities are calibrated after training.
public enum CalibrationMethod: String, Choice {
  /// The inputs z of the sigmoid or softmax are divided by one temperature T > 0, which minimizes the negative log-likelihood of
  /// the validation part. The class with the highest probability remains the same.
  ///
  /// Source: Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks" (2017).
  case temperature
}

/// Finds the temperature T of logits z that minimizes the negative log-likelihood of probabilities f(z / T).
struct TemperatureFit {
  let logits: [Float]
  let link: Link
  /// The number of logits per sample.
  let width: Int
  /// The target of the logit at a place: 1 or 0, or a probability.
  let target: (_ row: Int, _ column: Int) -> Double
  let weight: (_ row: Int) -> Double

  /// Temperatures outside of this range are not calibration.
  static let range = 0.01...100.0

  /// The temperature; nil if the likelihood has no maximum within ``range``.
  ///
  /// The likelihood is concave in 1 / T, so its derivative has a single root, which bisection finds.
  func temperature() -> Double? {
    var (low, high) = (-Double.log(Self.range.upperBound), -Double.log(Self.range.lowerBound))
    // Written so that NaN has no root.
    guard slope(.exp(low)) < 0, slope(.exp(high)) > 0 else { return nil }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if slope(.exp(middle)) < 0 { low = middle } else { high = middle }
    }
    return .exp(-(low + high) / 2)
  }

  /// Returns the derivative of the negative log-likelihood with respect to β = 1 / T: Σ w Σ z (p - t).
  private func slope(_ beta: Double) -> Double {
    var total = 0.0
    for row in 0..<logits.count / max(width, 1) {
      let z = (0..<width).map { Double(logits[row * width + $0]) }
      let targets = (0..<width).map { target(row, $0) }
      let p: [Double]
      if link == .softmax {
        let most = z.reduce(-.infinity) { max($0, $1) }
        let exponentials = z.map { Double.exp(beta * ($0 - most)) }
        // Targets may sum to 1 only approximately.
        let scale = targets.reduce(0, +) / exponentials.reduce(0, +)
        p = exponentials.map { $0 * scale }
      } else {
        p = z.map { 1 / (1 + Double.exp(-beta * $0)) }
      }
      total += weight(row) * z.indices.reduce(0) { $0 + z[$1] * (p[$1] - targets[$1]) }
    }
    return total
  }
}

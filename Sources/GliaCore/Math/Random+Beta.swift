import RealModule

extension Random {
  /// Draws a number between 0 and 1 from the beta distribution with density ∝ xᵃ⁻¹ (1 - x)ᵇ⁻¹, for `a` and `b` above 0.
  public mutating func beta(_ a: Double, _ b: Double) -> Double {
    // The ratio of two gamma draws; for small parameters both underflow, but their logarithms do not.
    let (first, second) = (logGamma(a), logGamma(b))
    return 1 / (1 + Double.exp(second - first))
  }

  /// Draws the logarithm of a number from the gamma distribution with a shape above 0 and scale 1 (Marsaglia and Tsang, 2000;
  /// for shapes below 1, a draw with shape + 1 times u^(1 / shape)).
  private mutating func logGamma(_ shape: Double) -> Double {
    guard shape >= 1 else { return logGamma(shape + 1) + Double.log(1 - uniform()) / shape }
    let d = shape - 1 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      if Double.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Double.log(v) { return Double.log(d * v) }
    }
  }
}

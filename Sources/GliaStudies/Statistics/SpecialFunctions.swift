import RealModule

/// The special functions behind the distributions of test statistics, in double precision.
///
/// Arguments outside a function's domain return NaN.
public enum SpecialFunctions {
  /// More terms than any sum or fraction needs for up to 10⁸ degrees of freedom.
  private static let mostTerms = 100_000
  private static let tiny = 1e-300

  /// Returns the cumulative distribution function of the standard normal distribution, Φ(z) = ½ erfc(-z / √2).
  public static func normalCumulative(_ z: Double) -> Double { 0.5 * Double.erfc(-z / 2.0.squareRoot()) }

  /// Returns the density of the standard normal distribution, φ(z) = exp(-z² / 2) / √(2π).
  public static func normalDensity(_ z: Double) -> Double { Double.exp(-0.5 * z * z) / (2 * Double.pi).squareRoot() }

  /// Returns the upper regularized incomplete gamma function, Q(a, x) = Γ(a, x) / Γ(a), for a > 0 and x ≥ 0.
  ///
  /// The series of 1 - Q for x < a + 1, and Lentz's continued fraction elsewhere.
  ///
  /// Source: Press, Teukolsky, Vetterling and Flannery, "Numerical Recipes" (2007), section 6.2.
  public static func upperGamma(_ a: Double, _ x: Double) -> Double {
    guard a > 0, a.isFinite, x >= 0 else { return .nan }
    guard x > 0 else { return 1 }
    guard x.isFinite else { return 0 }
    let scale = Double.exp(a * .log(x) - x - .logGamma(a))
    if x < a + 1 {
      var (term, sum) = (1 / a, 1 / a)
      for n in 1...mostTerms where term > sum * .ulpOfOne / 4 {
        term *= x / (a + Double(n))
        sum += term
      }
      return max(0, 1 - scale * sum)
    }
    let fraction = continuedFraction { n in
      let n = Double(n)
      return n == 0 ? (1, x + 1 - a) : (n * (a - n), x + 2 * n + 1 - a)
    }
    return scale * fraction
  }

  /// Returns the regularized incomplete beta function, Iₓ(a, b) = B(x; a, b) / B(a, b), for a, b > 0 and x in [0, 1].
  ///
  /// Lentz's continued fraction for x < (a + 1) / (a + b + 2), and 1 - I₁₋ₓ(b, a) elsewhere.
  ///
  /// Source: Press, Teukolsky, Vetterling and Flannery, "Numerical Recipes" (2007), section 6.4.
  public static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard a > 0, b > 0, a.isFinite, b.isFinite, x >= 0, x <= 1 else { return .nan }
    guard x > 0, x < 1 else { return x }
    let logarithm =
      Double.logGamma(a + b) - .logGamma(a) - .logGamma(b) + a * .log(x) + b * .log(onePlus: -x)
    let scale = Double.exp(logarithm)
    if x < (a + 1) / (a + b + 2) { return scale * betaFraction(x, a, b) / a }
    return 1 - scale * betaFraction(1 - x, b, a) / b
  }

  /// The fraction 1 / (1 + d₁ / (1 + d₂ / (1 + ...))) of the incomplete beta function.
  private static func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    continuedFraction { n in
      guard n > 0 else { return (1, 1) }
      let m = Double(n / 2)
      let d =
        n.isMultiple(of: 2)
        ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      return (d, 1)
    }
  }

  /// Evaluates a₀ / (b₀ + a₁ / (b₁ + ...)) from the terms (aₙ, bₙ) by Lentz's method (1976).
  private static func continuedFraction(_ term: (Int) -> (numerator: Double, denominator: Double)) -> Double {
    func nonzero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var (value, c, d) = (tiny, tiny, 0.0)
    for n in 0..<mostTerms {
      let (numerator, denominator) = term(n)
      d = 1 / nonzero(denominator + numerator * d)
      c = nonzero(denominator + numerator / c)
      let factor = c * d
      value *= factor
      if abs(factor - 1) < .ulpOfOne { break }
    }
    return value
  }
}

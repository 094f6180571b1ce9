import GliaCore
import RealModule

/// Survival functions P(X > x), the p-values of the tests, in double precision.
///
/// Arguments outside a function's domain return NaN.
public enum Distributions {
  /// The step of the trapezoidal rule.
  private static let step = 1.0 / 16

  /// Returns P(X > x) for the χ² distribution with ν degrees of freedom, Q(ν / 2, x / 2).
  public static func chiSquaredSurvival(_ x: Double, degrees: Double) -> Double {
    SpecialFunctions.upperGamma(degrees / 2, x / 2)
  }

  /// Returns P(|T| > |t|) for Student's t distribution with ν degrees of freedom, I(ν / (ν + t²); ν / 2, ½).
  public static func studentTwoSided(_ t: Double, degrees: Double) -> Double {
    SpecialFunctions.incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
  }

  /// Returns P(X > x) for the F distribution with ν₁ and ν₂ degrees of freedom, I(ν₂ / (ν₂ + ν₁ x); ν₂ / 2, ν₁ / 2).
  public static func fisherSurvival(_ x: Double, _ numerator: Double, _ denominator: Double) -> Double {
    guard x >= 0 else { return .nan }
    return SpecialFunctions.incompleteBeta(
      denominator / (denominator + numerator * x), denominator / 2, numerator / 2)
  }

  /// Returns P(Q > q) for the range Q of k independent standard normal numbers, the studentized range distribution with
  /// infinite degrees of freedom.
  ///
  /// P(Q > q) = k ∫ φ(z) (Φ(z)ᵏ⁻¹ - (Φ(z) - Φ(z - q))ᵏ⁻¹) dz, summed by the trapezoidal rule, whose error vanishes
  /// exponentially for entire functions that decay in both directions.
  ///
  /// Source: Tukey, "The problem of multiple comparisons" (1953); Trefethen and Weideman, "The exponentially convergent
  /// trapezoidal rule" (2014).
  public static func studentizedRangeSurvival(_ q: Double, groups: Int) -> Double {
    guard q >= 0, groups >= 2 else { return .nan }
    guard q > 0 else { return 1 }
    guard q < 100 else { return 0 }
    let power = Double(groups - 1)
    var sum = 0.0
    // z is the largest number. Beyond these bounds the density is below 1e-18, or its share of a tail at q.
    for z in stride(from: -9, through: q / 2 + 9, by: step) {
      let (below, beyond) = (SpecialFunctions.normalCumulative(z), SpecialFunctions.normalCumulative(z - q))
      guard below > 0, beyond > 0 else { continue }
      let share = -Double.expMinusOne(power * Double.log(onePlus: -min(1, beyond / below)))
      sum += SpecialFunctions.normalDensity(z) * Double.exp(power * Double.log(below)) * share
    }
    return min(1, Double(groups) * sum * step)
  }

  /// Returns the q for which P(Q > q) = α in ``studentizedRangeSurvival(_:groups:)``, found by bisection.
  ///
  /// - Throws: `GliaError` if α is not between 1e-12 and 1 or if there are fewer than 2 groups.
  public static func studentizedRangeCritical(_ alpha: Double, groups: Int) throws -> Double {
    try Samples.require(alpha >= 1e-12 && alpha < 1, "alpha", alpha, expected: "a number from 1e-12 to below 1")
    try Samples.require(groups >= 2, "groups", groups, expected: "a whole number of at least 2")
    var (low, high) = (0.0, 100.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if studentizedRangeSurvival(middle, groups: groups) > alpha { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

import GliaCore
import GliaStudies
import Testing

/// Special functions and distributions, compared with SciPy.
struct DistributionTests {
  private let functions: Fixture.Functions

  init() throws { functions = try Fixture.read().functions }

  @Test func incompleteGamma() {
    for row in functions.gamma {
      #expect(abs(SpecialFunctions.upperGamma(row[0], row[1]) - row[2]) < 1e-11, "\(row)")
      #expect(agrees(SpecialFunctions.upperGamma(row[0], row[1]), row[2]), "\(row)")
    }
    // Q(1, x) = exp(-x)
    #expect(abs(SpecialFunctions.upperGamma(1, 2) - 0.1353352832366127) < 1e-15)
  }

  @Test func incompleteBeta() {
    for row in functions.beta {
      #expect(agrees(SpecialFunctions.incompleteBeta(row[0], row[1], row[2]), row[3], within: 1e-9), "\(row)")
    }
    // The arcsine distribution: I(x; ½, ½) = 2 / π arcsin √x
    #expect(abs(SpecialFunctions.incompleteBeta(0.25, 0.5, 0.5) - 1.0 / 3) < 1e-14)
  }

  @Test func normal() {
    for row in functions.normal {
      #expect(agrees(SpecialFunctions.normalCumulative(row[0]), row[1], within: 1e-12), "\(row)")
    }
  }

  @Test func studentizedRange() throws {
    for row in functions.ranges {
      let value = Distributions.studentizedRangeSurvival(row[0], groups: Int(row[1]))
      #expect(abs(value - row[2]) < 1e-9, "\(row) \(value)")
    }
    for row in functions.critical {
      let value = try Distributions.studentizedRangeCritical(row[0], groups: Int(row[1]))
      #expect(agrees(value, row[2]), "\(row) \(value)")
    }
    // For two groups, the range is √2 times the magnitude of a normal number, also far out.
    for z in [0.1, 1, 3, 10, 30] {
      let tail = 2 * SpecialFunctions.normalCumulative(-z)
      #expect(agrees(Distributions.studentizedRangeSurvival(z * 2.0.squareRoot(), groups: 2), tail, within: 1e-9))
    }
  }

  @Test func studentAndFisher() {
    // Cauchy: P(|T| > 1) = ½; two degrees: P(|T| > t) = 1 - t / √(2 + t²)
    #expect(abs(Distributions.studentTwoSided(-1, degrees: 1) - 0.5) < 1e-14)
    #expect(abs(Distributions.studentTwoSided(2, degrees: 2) - 0.18350341907227397) < 1e-13)
    // F with (1, ν) degrees of freedom is the square of Student's t.
    #expect(
      abs(Distributions.fisherSurvival(6.25, 1, 7) - Distributions.studentTwoSided(2.5, degrees: 7)) < 1e-13)
    #expect(abs(Distributions.chiSquaredSurvival(5.991464547107979, degrees: 2) - 0.05) < 1e-12)
  }

  @Test func argumentsOutsideTheDomainAreNotNumbers() {
    #expect(SpecialFunctions.upperGamma(-1, 1).isNaN && SpecialFunctions.upperGamma(1, .nan).isNaN)
    #expect(SpecialFunctions.upperGamma(.infinity, 1).isNaN && SpecialFunctions.upperGamma(2, .infinity) == 0)
    #expect(SpecialFunctions.incompleteBeta(2, 1, 1).isNaN && SpecialFunctions.incompleteBeta(0.5, 0, 1).isNaN)
    #expect(Distributions.fisherSurvival(-1, 1, 1).isNaN && Distributions.fisherSurvival(.infinity, 2, 3) == 0)
    #expect(Distributions.studentTwoSided(.infinity, degrees: 3) == 0)
    #expect(Distributions.studentTwoSided(.nan, degrees: 3).isNaN)
    #expect(Distributions.studentizedRangeSurvival(1, groups: 1).isNaN)
    #expect(Distributions.studentizedRangeSurvival(.nan, groups: 3).isNaN)
    #expect(Distributions.studentizedRangeSurvival(.infinity, groups: 3) == 0)
    for alpha in [0, 1, -0.1, .nan, 1e-20] {
      #expect(throws: GliaError.self) { try Distributions.studentizedRangeCritical(alpha, groups: 3) }
    }
    #expect(throws: GliaError.self) { try Distributions.studentizedRangeCritical(0.05, groups: 1) }
  }
}

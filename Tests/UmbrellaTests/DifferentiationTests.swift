import Glia
import Testing

@Suite("Forward and reverse differentiation")
struct DifferentiationTests {
  /// The chain rule for z = 5 y⁴, y = x³ + 7: dz/dx = 20 (x³ + 7)³ · 3 x².
  @Test(arguments: [-1.5, 0, 0.5, 2])
  func chainRule(x: Double) {
    func z<T: DifferentiableScalar>(_ x: T) -> T {
      let y = x * x * x + 7
      return 5 * y * y * y * y
    }
    let y = x * x * x + 7
    let slope = z(Dual<Double>(x, 1)).derivative
    #expect(abs(slope - 20 * y * y * y * 3 * x * x) <= 1e-12 * max(abs(slope), 1))
  }

  /// Where x reaches z along two paths, the derivatives of the paths add up: z = y₁ y₂, y₁ = x², y₂ = sin x.
  @Test func twoPaths() {
    func z<T: DifferentiableScalar>(_ x: T) -> T { (x * x) * T.sin(x) }
    let x = 0.7
    let expected = 2 * x * 0.644217687237691 + x * x * 0.764842187284489
    #expect(abs(z(Dual<Double>(x, 1)).derivative - expected) < 1e-12)
  }

  /// e = (a + b)(b + 1) at a = 2, b = 1: ∂e/∂a = 2, ∂e/∂b = 5, in one backward sweep or two forward ones.
  @Test func forwardAndReverse() {
    var forwardSweeps = 0
    func e(_ a: Dual<Double>, _ b: Dual<Double>) -> Double {
      forwardSweeps += 1
      return ((a + b) * (b + 1)).derivative
    }
    #expect(e(Dual(2, 1), Dual(1, 0)) == 2)
    #expect(e(Dual(2, 0), Dual(1, 1)) == 5)

    let tape = Tape()
    let (a, b) = (tape.variable(2), tape.variable(1))
    let result = (a + b) * (b + 1)
    let gradient = tape.gradient(of: result)
    #expect(result.value == 6)
    #expect(gradient[a.index] == 2 && gradient[b.index] == 5)
    #expect(forwardSweeps == 2 && tape.sweeps == 1)
  }
}

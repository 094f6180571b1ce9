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

  /// e = (a + b)(b + 1) at a = 2, b = 1: ∂e/∂a = 2, ∂e/∂b = 5, forward by two dual numbers, in reverse by one formula layer.
  @Test func forwardAndReverse() throws {
    func e<T: DifferentiableScalar>(_ a: T, _ b: T) -> T { (a + b) * (b + 1) }
    #expect(e(Dual<Double>(2, 1), Dual(1, 0)).derivative == 2)
    #expect(e(Dual<Double>(2, 0), Dual(1, 1)).derivative == 5)

    let runner = try LayerRunner(Lesson(), input: [2], batch: 1)
    var state: [Float] = []
    let (y, saved) = try runner.forward([2, 1], parameters: [], state: &state)
    let gradient = try runner.backward([1], x: [2, 1], y: y, parameters: [], saved: saved)
    #expect(y == [6] && gradient.x == [2, 5])
  }

  private struct Lesson: FormulaLayer {
    static let name = "lesson"
    func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: [1]) }
    func callAsFunction<T: DifferentiableNumber>(
      _ x: TensorView<T>, _ parameters: NamedTensors<T>, into y: MutableTensorView<T>
    ) { y[0] = (x[0] + x[1]) * (x[1] + 1) }
  }
}

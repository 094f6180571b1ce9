import GliaCore
import Testing

@Suite("Linear algebra in double precision")
struct LinearAlgebraTests {
  private func matrix(_ rows: [[Double]]) -> SymmetricMatrix {
    var matrix = SymmetricMatrix(count: rows.count)
    matrix.lower = rows.flatMap(\.self)
    return matrix
  }

  /// The determinant is 28.
  @Test("Cholesky: inverse, determinant and solution by hand, and singular matrices")
  func cholesky() throws {
    let factor = try #require(Cholesky(matrix([[4], [2, 5], [0, 1, 2]])))
    let expected = [9.0, -4, 2, -4, 8, -4, 2, -4, 16].map { $0 / 28 }
    for (value, right) in zip(factor.inverse, expected) { #expect(abs(value - right) < 1e-14) }
    #expect(abs(factor.traceOfInverse - 33.0 / 28) < 1e-14)
    #expect(abs(factor.halfLogDeterminant - 1.6661022550876) < 1e-12)
    for (value, right) in zip(factor.solve([6, 8, 3]), [1.0, 1, 1]) { #expect(abs(value - right) < 1e-14) }
    #expect(Cholesky(matrix([[1], [1, 1]])) == nil && Cholesky(matrix([[.nan]])) == nil)
  }

  @Test("scalar products of any length and place")
  func products() {
    let numbers = (1...11).map(Double.init)
    #expect(numbers.squaredNorm == 506 && numbers.dot([1, 1, 1]) == 6)
    // 2 · 3 + 3 · 4 + 4 · 5 + 5 · 6 + 6 · 7
    #expect(dot(numbers, from: 1, numbers, from: 2, count: 5) == 110)
  }

  /// For a quadratic function with the Hessian diag(1, 4), two conjugate steps determine its inverse.
  @Test("quasi-Newton pairs: the inverse Hessian of a parabola, and only the last pairs")
  func pairs() {
    var pairs = QuasiNewtonPairs(limit: 2)
    for step in [[3.0, 1], [1, 0], [0, 1]] { pairs.append(step: step, change: [step[0], 4 * step[1]]) }
    #expect(pairs.steps.count == 2)
    for (value, right) in zip(pairs.times([2, 2]), [2, 0.5]) { #expect(abs(value - right) < 1e-14) }
    pairs.append(step: [1, 0], change: [-1, 0])
    #expect(pairs.steps == [[1, 0], [0, 1]])
  }
}

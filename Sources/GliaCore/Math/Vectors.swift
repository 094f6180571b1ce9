// Vectors of double precision: the linear algebra of solvers and Gaussian processes.

extension [Double] {
  /// The sum of squares.
  package var squaredNorm: Double { GliaCore.dot(self, self, count: count) }

  /// Returns the scalar product.
  package func dot(_ other: [Double]) -> Double { GliaCore.dot(self, other, count: Swift.min(count, other.count)) }

  /// Adds `scale` times another vector.
  package mutating func add(_ other: [Double], times scale: Double) {
    for i in 0..<Swift.min(count, other.count) { self[i] += scale * other[i] }
  }

  /// Returns this vector plus `scale` times another one.
  package func adding(_ other: [Double], times scale: Double) -> [Double] {
    var sum = self
    sum.add(other, times: scale)
    return sum
  }
}

/// Returns the scalar product of `count` numbers from the given places on, with four sums side by side.
@inlinable
package func dot(_ a: [Double], from i: Int = 0, _ b: [Double], from j: Int = 0, count: Int) -> Double {
  var sums = SIMD4<Double>()
  let whole = count & ~3
  for k in stride(from: 0, to: whole, by: 4) {
    let left = SIMD4<Double>(a[i + k], a[i + k + 1], a[i + k + 2], a[i + k + 3])
    let right = SIMD4<Double>(b[j + k], b[j + k + 1], b[j + k + 2], b[j + k + 3])
    sums += left * right
  }
  var sum = sums.sum()
  for k in whole..<count { sum += a[i + k] * b[j + k] }
  return sum
}

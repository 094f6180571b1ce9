// Vectors of double precision, computed from the single-precision numbers of an objective.

extension Sequence<Float> {
  /// The numbers in double precision.
  var doubles: [Double] { map(Double.init) }
}

extension [Double] {
  /// The numbers rounded to single precision.
  var floats: [Float] { map { Float($0) } }
  /// The sum of squares.
  var squaredNorm: Double { dot(self) }

  /// Returns the scalar product.
  func dot(_ other: [Double]) -> Double {
    var total = 0.0
    for i in 0..<Swift.min(count, other.count) { total += self[i] * other[i] }
    return total
  }

  /// Adds `scale` times another vector.
  mutating func add(_ other: [Double], times scale: Double) {
    for i in 0..<Swift.min(count, other.count) { self[i] += scale * other[i] }
  }

  /// Returns this vector plus `scale` times another one.
  func adding(_ other: [Double], times scale: Double) -> [Double] {
    var sum = self
    sum.add(other, times: scale)
    return sum
  }

  static prefix func - (vector: [Double]) -> [Double] { vector.map { -$0 } }
}

extension [Float] {
  /// The largest magnitude; 0 if there are no numbers.
  var largestMagnitude: Double { reduce(0) { Swift.max($0, Double($1.magnitude)) } }
}

/// The relative decrease of an objective below which its value, a mean of numbers in single precision, no longer tells whether it
/// decreases.
let negligibleDecrease = 1e-9

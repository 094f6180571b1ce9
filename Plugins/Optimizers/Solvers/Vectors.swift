// Vectors of double precision, computed from the single-precision numbers of an objective.

extension Sequence<Float> {
  /// The numbers in double precision.
  var doubles: [Double] { map(Double.init) }
}

extension [Double] {
  /// The numbers rounded to single precision.
  var floats: [Float] { map { Float($0) } }

  /// Returns the opposite vector.
  static prefix func - (vector: [Double]) -> [Double] { vector.map { -$0 } }
}

extension [Float] {
  /// The largest magnitude; 0 if there are no numbers.
  var largestMagnitude: Double { reduce(0) { Swift.max($0, Double($1.magnitude)) } }
}

/// The relative decrease of an objective below which its value, a mean of numbers in single precision, no longer tells whether it
/// decreases.
let negligibleDecrease = 1e-9

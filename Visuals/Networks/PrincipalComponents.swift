import GliaCore

/// The directions along which points spread most (K. Pearson, 1901): the first eigenvectors of their covariance.
///
/// They are found by iterating on a subspace, without the covariance itself, so that points may have many coordinates.
struct PrincipalComponents: Sendable {
  let mean: [Float]
  /// Of length 1, orthogonal; the largest coordinate of each is positive.
  let directions: [[Float]]
  /// The part of the whole variance along each direction; 0 for points that do not vary.
  let shares: [Double]

  /// The `count` first of the rows `values`, at most as many as these are wide; at least one row.
  init(of values: [Float], width: Int, count: Int) {
    let rows = values.count / width
    let mean = (0..<width).map { k in
      stride(from: k, to: values.count, by: width).reduce(0.0) { $0 + Double(values[$1]) } / Double(rows)
    }
    let centered = values.indices.map { Double(values[$0]) - mean[$0 % width] }
    let total = centered.reduce(0) { $0 + $1 * $1 }
    var random = Random(seed: 1)
    var vectors = (0..<count).map { _ in (0..<width).map { _ in random.normal() } }
    Self.orthonormalize(&vectors)
    var spreads = [Double](repeating: 0, count: count)
    for _ in 0..<300 where total > 0 {
      let before = spreads
      vectors = vectors.map { Self.covariance(centered, width: width, times: $0) }
      spreads = vectors.map { Self.dot($0, $0).squareRoot() }
      Self.orthonormalize(&vectors)
      if zip(spreads, before).allSatisfy({ abs($0 - $1) <= 1e-12 * total }) { break }
    }
    self.mean = mean.map(Float.init)
    directions = vectors.map { vector in
      let largest = vector.max { abs($0) < abs($1) } ?? 1
      return vector.map { Float(largest < 0 ? -$0 : $0) }
    }
    shares = spreads.map { total > 0 ? min($0 / total, 1) : 0 }
  }

  /// Σ x (x · v) over the rows x.
  private static func covariance(_ rows: [Double], width: Int, times vector: [Double]) -> [Double] {
    var sum = [Double](repeating: 0, count: width)
    rows.withUnsafeBufferPointer { rows in
      for start in stride(from: 0, to: rows.count, by: width) {
        var along = 0.0
        for k in 0..<width { along += rows[start + k] * vector[k] }
        for k in 0..<width { sum[k] += rows[start + k] * along }
      }
    }
    return sum
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

  /// Gram and Schmidt's; a vector that depends on those before becomes the axis that does so least.
  private static func orthonormalize(_ vectors: inout [[Double]]) {
    for i in vectors.indices {
      let original = dot(vectors[i], vectors[i]).squareRoot()
      var vector = rest(of: vectors[i], beside: vectors[..<i])
      if !(dot(vector, vector).squareRoot() > 1e-10 * original) {
        let axes = vector.indices.map { k in
          rest(of: vector.indices.map { $0 == k ? 1 : 0 }, beside: vectors[..<i])
        }
        vector = axes.max { dot($0, $0) < dot($1, $1) } ?? vector
      }
      // Twice is enough for the angles to be right.
      vector = rest(of: vector, beside: vectors[..<i])
      let length = dot(vector, vector).squareRoot()
      vectors[i] = length > 0 ? vector.map { $0 / length } : vector
    }
  }

  private static func rest(of vector: [Double], beside others: ArraySlice<[Double]>) -> [Double] {
    others.reduce(vector) { vector, other in
      let along = dot(vector, other)
      return zip(vector, other).map { $0 - along * $1 }
    }
  }
}

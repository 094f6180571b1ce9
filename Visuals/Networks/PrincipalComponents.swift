import GliaCore

/// The directions along which points spread most (K. Pearson, 1901): the first eigenvectors of their covariance.
///
/// They are found by iterating on the products of the coordinates, or on those of the points where these are fewer: both
/// have the same spreads (Turk and Pentland, "Eigenfaces for recognition", 1991), so points may have many coordinates.
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
    let isWide = rows < width
    let side = min(rows, width)
    let products = Self.products(isWide ? Self.transposed(centered, width: width) : centered, width: side)
    var random = Random(seed: 1)
    var vectors = (0..<count).map { _ in (0..<side).map { _ in random.normal() } }
    Self.orthonormalize(&vectors)
    var spreads = [Double](repeating: 0, count: count)
    for _ in 0..<1000 where total > 0 {
      let before = spreads
      vectors = vectors.map { Self.product(products, $0) }
      spreads = vectors.map { Self.dot($0, $0).squareRoot() }
      Self.orthonormalize(&vectors)
      if zip(spreads, before).allSatisfy({ abs($0 - $1) <= 1e-14 * total }) { break }
    }
    if isWide {
      vectors = zip(vectors, spreads).map { vector, spread in
        // Where points do not spread, any direction will do.
        spread > 1e-12 * total
          ? Self.sum(of: centered, width: width, weighted: vector) : [Double](repeating: 0, count: width)
      }
      Self.orthonormalize(&vectors)
    }
    self.mean = mean.map(Float.init)
    directions = vectors.map { vector in
      let largest = vector.max { abs($0) < abs($1) } ?? 1
      return vector.map { Float(largest < 0 ? -$0 : $0) }
    }
    shares = spreads.map { total > 0 ? min($0 / total, 1) : 0 }
  }

  /// Σ x xᵀ over the rows x.
  private static func products(_ rows: [Double], width: Int) -> [Double] {
    var products = [Double](repeating: 0, count: width * width)
    products.withUnsafeMutableBufferPointer { products in
      rows.withUnsafeBufferPointer { rows in
        for start in stride(from: 0, to: rows.count, by: width) {
          for i in 0..<width {
            let factor = rows[start + i]
            for k in 0..<width { products[i * width + k] += factor * rows[start + k] }
          }
        }
      }
    }
    return products
  }

  private static func product(_ matrix: [Double], _ vector: [Double]) -> [Double] {
    sum(of: matrix, width: vector.count, weighted: vector)
  }

  /// Σ wᵢ xᵢ over the rows x.
  private static func sum(of rows: [Double], width: Int, weighted weights: [Double]) -> [Double] {
    var sum = [Double](repeating: 0, count: width)
    rows.withUnsafeBufferPointer { rows in
      for (row, weight) in weights.enumerated() {
        for k in 0..<width { sum[k] += weight * rows[row * width + k] }
      }
    }
    return sum
  }

  private static func transposed(_ rows: [Double], width: Int) -> [Double] {
    (0..<width).flatMap { k in stride(from: k, to: rows.count, by: width).map { rows[$0] } }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

  /// Gram and Schmidt's; a vector that depends on those before becomes the axis that does so least.
  private static func orthonormalize(_ vectors: inout [[Double]]) {
    for i in vectors.indices {
      let original = dot(vectors[i], vectors[i]).squareRoot()
      var vector = rest(of: vectors[i], beside: vectors[..<i])
      if !(dot(vector, vector).squareRoot() > 1e-10 * original) {
        let shares = vector.indices.map { k in vectors[..<i].reduce(0) { $0 + $1[k] * $1[k] } }
        let axis = shares.indices.min { shares[$0] < shares[$1] }
        vector = rest(of: vector.indices.map { $0 == axis ? 1 : 0 }, beside: vectors[..<i])
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

extension PrincipalComponents {
  /// The name of an axis along one of them, with its part of the variance.
  func name(_ index: Int) -> String {
    "PC \(index + 1) (\(NumberText.fixed(100 * shares[index], decimals: 1)) %)"
  }
}

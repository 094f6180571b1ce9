import GliaCore

/// The principal components of points (K. Pearson, 1901): the first eigenvectors of their covariance matrix.
///
/// They are found by orthogonal iteration on the covariance matrix or, if there are fewer points than coordinates, on
/// the Gram matrix, which has the same eigenvalues (Turk and Pentland, "Eigenfaces for recognition", 1991). Points may
/// therefore have many coordinates.
struct PrincipalComponents: Sendable {
  let mean: [Float]
  /// The orthonormal directions; the largest coordinate of each is positive.
  let directions: [[Float]]
  /// The fraction of the variance along each direction; 0 for points that don't vary.
  let shares: [Double]

  /// Finds the first `count` components of the rows of `values`; there must be at least one row, and `count` must not
  /// exceed `width`.
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
        // If the points don't vary, any direction is valid.
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

  /// Orthonormalizes `vectors` by the Gram–Schmidt process; a linearly dependent vector is replaced by the most
  /// independent axis.
  private static func orthonormalize(_ vectors: inout [[Double]]) {
    for i in vectors.indices {
      let original = dot(vectors[i], vectors[i]).squareRoot()
      var vector = rest(of: vectors[i], beside: vectors[..<i])
      if !(dot(vector, vector).squareRoot() > 1e-10 * original) {
        let shares = vector.indices.map { k in vectors[..<i].reduce(0) { $0 + $1[k] * $1[k] } }
        let axis = shares.indices.min { shares[$0] < shares[$1] }
        vector = rest(of: vector.indices.map { $0 == axis ? 1 : 0 }, beside: vectors[..<i])
      }
      // A second pass makes the vectors orthogonal to machine precision.
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
  /// Returns the name of an axis along a component, with its fraction of the variance.
  func name(_ index: Int) -> String {
    "PC \(index + 1) (\(NumberText.fixed(100 * shares[index], decimals: 1)) %)"
  }
}

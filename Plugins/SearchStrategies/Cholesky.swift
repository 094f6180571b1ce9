import RealModule

/// The Cholesky decomposition A = L Lᵀ of a symmetric positive definite matrix, in rows.
struct Cholesky {
  let size: Int
  /// The lower triangular matrix L.
  let factor: [Double]

  /// Decomposes a matrix, of which the lower triangle is read; nil if it is not positive definite.
  init?(_ matrix: [Double], size: Int) {
    var l = matrix
    for i in 0..<size {
      for j in 0..<i {
        l[i * size + j] = (l[i * size + j] - dot(l, from: i * size, l, from: j * size, count: j)) / l[j * size + j]
        l[j * size + i] = 0
      }
      let square = l[i * size + i] - dot(l, from: i * size, l, from: i * size, count: i)
      guard square > 0, square.isFinite else { return nil }
      l[i * size + i] = square.squareRoot()
    }
    (self.size, factor) = (size, l)
  }

  /// Half the logarithm of the determinant of A.
  var halfLogDeterminant: Double { (0..<size).reduce(0) { $0 + .log(factor[$1 * size + $1]) } }

  /// The inverse of A.
  var inverse: [Double] {
    // The columns of L⁻¹, in rows: they begin with zeros.
    var columns = [Double](repeating: 0, count: size * size)
    for j in 0..<size {
      columns[j * size + j] = 1 / factor[j * size + j]
      for i in (j + 1)..<max(size, j + 1) {
        let sum = dot(factor, from: i * size + j, columns, from: j * size + j, count: i - j)
        columns[j * size + i] = -sum / factor[i * size + i]
      }
    }
    var inverse = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0...i {
        let sum = dot(columns, from: i * size + i, columns, from: j * size + i, count: size - i)
        (inverse[i * size + j], inverse[j * size + i]) = (sum, sum)
      }
    }
    return inverse
  }
}

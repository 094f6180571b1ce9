import RealModule

/// The Cholesky factor L of a symmetric, positive definite matrix: A = L Lᵀ.
package struct Cholesky {
  private let count: Int
  /// L, row by row.
  private let lower: [Double]

  /// Factors a matrix; nil if it is not positive definite up to rounding.
  package init?(_ matrix: SymmetricMatrix) {
    var l = matrix.lower
    var row = 0
    for i in 0..<matrix.count {
      var column = 0
      for j in 0...i {
        let rest = l[row + j] - dot(l, from: row, l, from: column, count: j)
        if j < i {
          l[row + j] = rest / l[column + j]
        } else {
          guard rest > 1e-15 * l[row + i], rest.isFinite else { return nil }
          l[row + i] = rest.squareRoot()
        }
        column += j + 1
      }
      row += i + 1
    }
    (count, lower) = (matrix.count, l)
  }

  /// Returns the solution of A x = `vector`.
  package func solve(_ vector: [Double]) -> [Double] {
    var x = forward(vector)
    for i in stride(from: count - 1, through: 0, by: -1) {
      let row = i * (i + 1) / 2
      x[i] /= lower[row + i]
      for j in 0..<i { x[j] -= lower[row + j] * x[i] }
    }
    return x
  }

  /// Returns L⁻¹ times `vector`, whose numbers before `first` are 0.
  private func forward(_ vector: [Double], from first: Int = 0) -> [Double] {
    var x = vector
    for i in first..<count {
      let row = i * (i + 1) / 2
      x[i] = (x[i] - dot(lower, from: row + first, x, from: first, count: i - first)) / lower[row + i]
    }
    return x
  }

  /// Half the logarithm of the determinant of A.
  package var halfLogDeterminant: Double {
    var sum = 0.0
    for i in 0..<count { sum += Double.log(lower[i * (i + 3) / 2]) }
    return sum
  }

  /// The trace of the inverse of A, ‖L⁻¹‖² in the Frobenius norm.
  package var traceOfInverse: Double {
    var sum = 0.0
    for column in 0..<count { sum += inverseColumn(column).squaredNorm }
    return sum
  }

  /// The inverse of A, L⁻ᵀ L⁻¹, in rows.
  package var inverse: [Double] {
    let columns = (0..<count).flatMap(inverseColumn)
    var inverse = [Double](repeating: 0, count: count * count)
    for i in 0..<count {
      for j in 0...i {
        let sum = dot(columns, from: i * count + i, columns, from: j * count + i, count: count - i)
        (inverse[i * count + j], inverse[j * count + i]) = (sum, sum)
      }
    }
    return inverse
  }

  /// Returns a column of L⁻¹, which begins with zeros.
  private func inverseColumn(_ column: Int) -> [Double] {
    var unit = [Double](repeating: 0, count: count)
    unit[column] = 1
    return forward(unit, from: column)
  }
}

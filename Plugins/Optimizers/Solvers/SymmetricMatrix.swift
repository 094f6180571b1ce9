/// A symmetric matrix in double precision, of which the lower triangle is stored, row by row.
struct SymmetricMatrix {
  let count: Int
  private(set) var lower: [Double]

  /// Creates a matrix of zeros.
  init(count: Int) {
    self.count = count
    lower = [Double](repeating: 0, count: count * (count + 1) / 2)
  }

  /// The diagonal.
  var diagonal: [Double] { (0..<count).map { lower[$0 * ($0 + 3) / 2] } }

  /// Adds v vᵀ.
  mutating func addSquare(of vector: Span<Float>) {
    var place = 0
    for i in 0..<min(count, vector.count) {
      let scale = Double(vector[i])
      if scale != 0 { for j in 0...i { lower[place + j] += scale * Double(vector[j]) } }
      place += i + 1
    }
  }

  /// Multiplies all elements by `scale`.
  mutating func scale(by scale: Double) { for i in lower.indices { lower[i] *= scale } }

  /// Adds `numbers` to the diagonal.
  mutating func addDiagonal(_ numbers: [Double]) {
    for i in 0..<min(count, numbers.count) { lower[i * (i + 3) / 2] += numbers[i] }
  }

  /// Returns A v.
  func times(_ vector: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: count)
    var place = 0
    for i in 0..<count {
      for j in 0..<i {
        product[i] += lower[place + j] * vector[j]
        product[j] += lower[place + j] * vector[i]
      }
      product[i] += lower[place + i] * vector[i]
      place += i + 1
    }
    return product
  }
}

/// The Cholesky factor L of a symmetric, positive definite matrix: A = L Lᵀ.
struct Cholesky {
  private let count: Int
  private var lower: [Double]

  /// Factors a matrix; nil if it is not positive definite up to rounding.
  init?(_ matrix: SymmetricMatrix) {
    count = matrix.count
    lower = matrix.lower
    var row = 0
    for i in 0..<count {
      var column = 0
      for j in 0...i {
        var sum = lower[row + j]
        for k in 0..<j { sum -= lower[row + k] * lower[column + k] }
        if j < i {
          lower[row + j] = sum / lower[column + j]
        } else {
          guard sum > 1e-15 * lower[row + i], sum.isFinite else { return nil }
          lower[row + i] = sum.squareRoot()
        }
        column += j + 1
      }
      row += i + 1
    }
  }

  /// Returns the solution of A x = `vector`.
  func solve(_ vector: [Double]) -> [Double] {
    var x = forward(vector)
    for i in stride(from: count - 1, through: 0, by: -1) {
      let row = i * (i + 1) / 2
      x[i] /= lower[row + i]
      for j in 0..<i { x[j] -= lower[row + j] * x[i] }
    }
    return x
  }

  /// The trace of the inverse, ‖L⁻¹‖² in the Frobenius norm.
  var traceOfInverse: Double {
    var total = 0.0
    for column in 0..<count {
      var unit = [Double](repeating: 0, count: count)
      unit[column] = 1
      total += forward(unit, from: column).squaredNorm
    }
    return total
  }

  /// Returns L⁻¹ times `vector`, whose numbers before `first` are 0.
  func forward(_ vector: [Double], from first: Int = 0) -> [Double] {
    var x = vector
    for i in first..<count {
      let row = i * (i + 1) / 2
      var sum = x[i]
      for j in first..<i { sum -= lower[row + j] * x[j] }
      x[i] = sum / lower[row + i]
    }
    return x
  }
}

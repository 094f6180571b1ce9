/// A symmetric matrix in double precision, of which the lower triangle is stored, row by row.
package struct SymmetricMatrix {
  package let count: Int
  package var lower: [Double]

  /// Creates a matrix of zeros.
  package init(count: Int) {
    self.count = count
    lower = [Double](repeating: 0, count: count * (count + 1) / 2)
  }

  /// The diagonal.
  package var diagonal: [Double] { (0..<count).map { lower[$0 * ($0 + 3) / 2] } }

  /// Adds v vᵀ.
  package mutating func addSquare(of vector: Span<Float>) {
    var place = 0
    for i in 0..<min(count, vector.count) {
      let scale = Double(vector[i])
      if scale != 0 { for j in 0...i { lower[place + j] += scale * Double(vector[j]) } }
      place += i + 1
    }
  }

  /// Multiplies all elements by `scale`.
  package mutating func scale(by scale: Double) { for i in lower.indices { lower[i] *= scale } }

  /// Adds `numbers` to the diagonal.
  package mutating func addDiagonal(_ numbers: [Double]) {
    for i in 0..<min(count, numbers.count) { lower[i * (i + 3) / 2] += numbers[i] }
  }

  /// Returns A v.
  package func times(_ vector: [Double]) -> [Double] {
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

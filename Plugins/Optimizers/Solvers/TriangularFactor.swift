import GliaCore
import RealModule

/// The linearized least-squares problem at the current parameters as the factor R of J = Q R, upper triangular, with Qᵀ r.
///
/// Rows of J are rotated into R one by one, so that memory does not grow with their number. Unlike Jᵀ J, R keeps directions
/// that the residuals hardly determine: rounding errors in Jᵀ J hide singular values below 1e-8 of the largest, those in R only
/// those below 1e-16.
///
/// Source: Golub and Van Loan, "Matrix computations" (2013), sections 5.1 and 6.5; `rwupdt` and `qrsolv` of MINPACK.
struct TriangularFactor {
  let count: Int
  /// The rows of R, each from the diagonal on.
  private var upper: [Double]
  /// Qᵀ r.
  private(set) var right: [Double]
  /// The Euclidean norms of the columns of J.
  private(set) var norms: [Double]

  /// Factors the Jacobian of an objective.
  init(_ objective: Objective) throws {
    count = objective.parameters.count
    var factor = TriangularFactor(count: count)
    var squares = factor.norms
    var row = factor.norms
    try objective.linearize { residual, derivatives in
      for i in row.indices {
        row[i] = Double(derivatives[i])
        squares[i] += row[i] * row[i]
      }
      factor.rotate(&row, residual)
    }
    (upper, right, norms) = (factor.upper, factor.right, squares.map { $0.squareRoot() })
  }

  private init(count: Int) {
    self.count = count
    upper = [Double](repeating: 0, count: count * (count + 1) / 2)
    right = [Double](repeating: 0, count: count)
    norms = right
  }

  /// Adds a row with the right side `number` by Givens rotations, which turn it into zeros; its numbers before `first` are 0.
  private mutating func rotate(_ row: inout [Double], _ number: Double, from first: Int = 0) {
    var (number, place) = (number, start(of: first))
    for i in first..<count {
      defer { place += count - i }
      guard row[i] != 0 else { continue }
      let length = Double.hypot(upper[place], row[i])
      let (cosine, sine) = (upper[place] / length, row[i] / length)
      for j in 0..<count - i {
        let (above, below) = (upper[place + j], row[i + j])
        upper[place + j] = cosine * above + sine * below
        row[i + j] = cosine * below - sine * above
      }
      (right[i], number) = (cosine * right[i] + sine * number, cosine * number - sine * right[i])
    }
  }

  private func start(of row: Int) -> Int { row * (2 * count - row + 1) / 2 }

  /// Returns the factor of J with the rows of the diagonal matrix `diagonal` below, whose right sides are 0.
  func extended(by diagonal: [Double]) -> TriangularFactor {
    var extended = self
    var row = [Double](repeating: 0, count: count)
    for i in 0..<count {
      for j in i..<count { row[j] = 0 }
      row[i] = diagonal[i]
      extended.rotate(&row, 0, from: i)
    }
    return extended
  }

  /// Whether a direction is not determined at all.
  var isSingular: Bool { (0..<count).contains { upper[start(of: $0)] == 0 } }

  /// Jᵀ r, half the gradient.
  var slope: [Double] {
    var product = [Double](repeating: 0, count: count)
    for i in 0..<count { for j in i..<count { product[j] += upper[start(of: i) + j - i] * right[i] } }
    return product
  }

  /// Returns R v, as long as J v.
  func times(_ vector: [Double]) -> [Double] {
    (0..<count).map { dot(upper, from: start(of: $0), vector, from: $0, count: count - $0) }
  }

  /// The solution x of R x = Qᵀ r, for which |J x - r| is least.
  var solution: [Double] {
    var x = right
    for i in (0..<count).reversed() {
      let known = dot(upper, from: start(of: i) + 1, x, from: i + 1, count: count - i - 1)
      x[i] = (x[i] - known) / upper[start(of: i)]
    }
    return x
  }

  /// Returns the solution x of Rᵀ x = `vector`.
  func solveTransposed(_ vector: [Double]) -> [Double] {
    var x = vector
    for i in 0..<count {
      let place = start(of: i)
      x[i] /= upper[place]
      for j in i + 1..<max(count, i + 1) { x[j] -= x[i] * upper[place + j - i] }
    }
    return x
  }
}

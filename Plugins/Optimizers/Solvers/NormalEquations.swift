import GliaCore

/// The linearized least-squares problem at the current parameters: Jᵀ J and Jᵀ r, summed in double precision.
struct NormalEquations {
  /// Jᵀ J.
  private(set) var matrix: SymmetricMatrix
  /// Jᵀ r, half the gradient.
  private(set) var slope: [Double]
  /// The number of residuals.
  private(set) var residuals = 0

  init(_ objective: Objective) throws {
    let count = objective.parameters.count
    var (matrix, slope, residuals) = (SymmetricMatrix(count: count), [Double](repeating: 0, count: count), 0)
    try objective.linearize { residual, derivatives in
      matrix.addSquare(of: derivatives)
      for i in 0..<min(count, derivatives.count) { slope[i] += residual * Double(derivatives[i]) }
      residuals += 1
    }
    (self.matrix, self.slope, self.residuals) = (matrix, slope, residuals)
  }

  /// The largest number of parameters: beyond it, a single factorization takes minutes.
  private static let limit = 10_000

  /// Throws if the matrix and its factor are too large for the solver called `name`.
  static func checkSize(_ parameters: Int, for name: String) throws {
    let remedy = "use lbfgs, whose memory is proportional to the number of parameters, or a smaller network"
    guard parameters <= limit else {
      throw GliaError(
        "a network of \(parameters.grouped) parameters is too large for \(name), which factors a matrix of "
          + "\(parameters.grouped) × \(parameters.grouped)",
        expected: "at most \(limit.grouped) parameters", remedy: remedy)
    }
    try Memory.require(
      [parameters, parameters + 1], of: MemoryLayout<Double>.stride,
      for: "\(name) for a network of \(parameters.grouped) parameters", share: 0.3, remedy: remedy)
  }
}

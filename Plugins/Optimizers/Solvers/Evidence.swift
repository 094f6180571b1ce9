import GliaCore

/// The factors α of the squared parameters and β of the squared errors for which the data are most probable.
struct Evidence {
  private(set) var alpha, beta: Double
  /// The effective number of parameters, γ.
  private(set) var effective: Double

  /// Estimates the factors from the last ones; in the first step, all parameters count as effective, but no more
  /// than half as many as there are residuals, which would otherwise count as free of noise or as nothing but noise.
  init(_ equations: NormalEquations, _ state: SolverState, errors: Double, parameters: [Double]) {
    let (count, residuals) = (Double(parameters.count), Double(equations.residuals))
    (alpha, beta) = (Double(state[number: "alpha"]), Double(state[number: "beta"]))
    effective = min(count, 0.5 * residuals)
    if alpha > 0, beta > 0 {
      var matrix = equations.matrix
      matrix.scale(by: beta)
      matrix.addDiagonal([Double](repeating: alpha, count: parameters.count))
      if let factor = Cholesky(matrix) {
        effective = min(max(count - alpha * factor.traceOfInverse, 0), 0.999 * residuals)
      }
    }
    // The factors must fit single precision.
    func bounded(_ factor: Double) -> Double { min(max(factor, 1e-30), 1e30) }
    alpha = Double(Float(bounded(effective / (2 * max(parameters.squaredNorm, 1e-30)))))
    beta = Double(Float(bounded((residuals - effective) / (2 * max(errors, 1e-30)))))
  }

  func write(to state: inout SolverState) {
    state[number: "alpha"] = Float(alpha)
    state[number: "beta"] = Float(beta)
    state[number: "effective_parameters"] = Float(effective)
  }
}

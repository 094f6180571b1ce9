/// Steps of a linearized least-squares problem whose scaled length is at most a radius.
///
/// Source: Moré, "The Levenberg–Marquardt algorithm: implementation and theory" (1978), with the constants of MINPACK.
struct TrustRegion {
  private let equations: NormalEquations
  /// The scales D of the parameters.
  private let scales: [Double]
  /// The largest scaled length of a step, Δ.
  var radius = 0.0
  /// The damping λ of the last step, a first guess for that of the next.
  var damping = 0.0

  init(_ equations: NormalEquations, scales: [Double]) { (self.equations, self.scales) = (equations, scales) }

  /// Returns the scaled length |D d|.
  func length(_ vector: [Double]) -> Double { scaled(vector).squaredNorm.squareRoot() }

  private func scaled(_ vector: [Double]) -> [Double] { zip(vector, scales).map { $0 * $1 } }

  private func factor(_ damping: Double) -> Cholesky? {
    guard damping > 0 else { return Cholesky(equations.matrix) }
    var matrix = equations.matrix
    matrix.addDiagonal(scales.map { damping * $0 * $0 })
    return Cholesky(matrix)
  }

  /// Returns d, to be subtracted: the Gauss–Newton step if it is within a tenth of the radius, or else one with a damping
  /// such that its length is the radius up to a tenth. Nil if the numbers do not allow one.
  mutating func step() -> [Double]? {
    guard radius > 0, radius.isFinite else { return nil }
    let steepness = zip(equations.slope, scales).map { $0 / $1 }.squaredNorm.squareRoot()
    var (least, most, first) = (0.0, steepness / radius, 0.001 * steepness / radius)
    guard most > 0, most.isFinite else { return nil }
    if let undamped = factor(0) {
      let step = undamped.solve(equations.slope)
      let excess = length(step) - radius
      first = steepness / length(step)
      guard excess > 0.1 * radius else {
        damping = 0
        return step
      }
      least = excess / (radius * change(undamped, step))
    }
    damping = min(max(damping, least), most)
    if damping <= 0 { damping = first }
    var found: [Double]?
    for _ in 0..<12 {
      guard let factor = factor(damping) else {
        // Rounding errors make the matrix indefinite.
        least = max(least, damping)
        damping = max(10 * damping, 1e-12)
        continue
      }
      let step = factor.solve(equations.slope)
      found = step
      let excess = length(step) - radius
      guard excess.magnitude > 0.1 * radius else { break }
      if excess > 0 { least = max(least, damping) } else { most = min(most, damping) }
      let next = damping + excess / (radius * change(factor, step))
      damping = next > least && next.isFinite ? next : max(least, 0.001 * most)
    }
    return found
  }

  /// Returns |L⁻¹ D² d / |D d||², how fast the length falls as the damping grows, relative to the length.
  private func change(_ factor: Cholesky, _ step: [Double]) -> Double {
    let length = length(step)
    return factor.forward(scaled(scaled(step)).map { $0 / length }).squaredNorm
  }

  /// Changes the radius after a step by how its decrease compares with the expected one.
  mutating func adapt(decrease: Double, expected: Double, slope: Double, value: Double, length: Double) {
    let agreement = expected > 0 ? decrease / expected : 0
    if agreement <= 0.25 {
      // The minimum of the parabola through value, slope and the new value.
      var factor = decrease >= 0 ? 0.5 : 0.5 * slope / (slope + 0.5 * decrease)
      if !(factor >= 0.1) || decrease < -99 * value { factor = 0.1 }
      radius = factor * min(radius, 10 * length)
      damping /= factor
    } else if agreement >= 0.75 || damping == 0 {
      radius = 2 * length
      damping *= 0.5
    }
  }
}

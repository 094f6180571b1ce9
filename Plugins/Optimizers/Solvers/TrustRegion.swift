import GliaCore

/// Steps of a linearized least-squares problem whose scaled length is at most a radius.
///
/// Source: Moré, "The Levenberg–Marquardt algorithm: implementation and theory" (1978), with the constants of MINPACK's `lmpar` and
/// `lmder`.
struct TrustRegion {
  let problem: TriangularFactor
  /// Jᵀ r.
  let slope: [Double]
  /// The scales D of the parameters.
  let scales: [Double]
  /// The largest scaled length of a step, Δ.
  var radius = 0.0
  /// The damping λ of the last step, a first guess for that of the next.
  var damping = 0.0

  init(_ problem: TriangularFactor, scales: [Double]) {
    (self.problem, self.scales, slope) = (problem, scales, problem.slope)
  }

  /// Returns the scaled length |D d|.
  func length(_ vector: [Double]) -> Double { scaled(vector).squaredNorm.squareRoot() }

  private func scaled(_ vector: [Double]) -> [Double] { zip(vector, scales).map { $0 * $1 } }

  /// Returns d, to be subtracted: the Gauss–Newton step if it is within a tenth of the radius, or else one with a damping
  /// such that its length is the radius up to a tenth. Nil if the numbers do not allow one.
  mutating func step() -> [Double]? {
    guard radius > 0, radius.isFinite else { return nil }
    let steepness = zip(slope, scales).map { $0 / $1 }.squaredNorm.squareRoot()
    var (least, most, first) = (0.0, steepness / radius, 0.001 * steepness / radius)
    guard most > 0, most.isFinite else { return nil }
    // Directions that are not determined leave no Gauss–Newton step, but one for any damping.
    var excess = Double.infinity
    if !problem.isSingular {
      let step = problem.solution
      excess = length(step) - radius
      guard excess > 0.1 * radius else {
        damping = 0
        return step
      }
      first = steepness / length(step)
      least = excess / (radius * change(problem, step))
    }
    damping = min(max(damping, least), most)
    if !(damping > 0) { damping = first }
    var found: [Double]?
    for _ in 0..<10 {
      damping = max(damping, .leastNormalMagnitude)
      let factor = problem.extended(by: scales.map { damping.squareRoot() * $0 })
      let step = factor.solution
      let (before, current) = (excess, length(step) - radius)
      guard current.isFinite else { return found }
      (found, excess) = (step, current)
      let isShort = least == 0 && excess <= before && before < 0
      if excess.magnitude <= 0.1 * radius || isShort { break }
      if excess > 0 { least = max(least, damping) } else { most = min(most, damping) }
      let next = damping + excess / (radius * change(factor, step))
      damping = next.isFinite ? max(next, least) : least
      if damping == 0 { damping = 0.001 * most }
    }
    return found
  }

  /// Returns |R⁻ᵀ D² d / |D d||², how fast the length falls as the damping grows, relative to the length.
  private func change(_ factor: TriangularFactor, _ step: [Double]) -> Double {
    let length = length(step)
    return factor.solveTransposed(scaled(scaled(step)).map { $0 / length }).squaredNorm
  }

  /// Changes the radius after a step by how its decrease compares with the expected one.
  ///
  /// - Parameters:
  ///   - decrease: the decrease of the value.
  ///   - expected: that of the linearized problem.
  ///   - slope: the product of Jᵀ r and the step, which is negative.
  ///   - value: the value before the step.
  ///   - length: the scaled length of the step.
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

import GliaCore

/// The scaled conjugate gradient method for full batches, which needs neither a line search nor a Hessian.
///
/// Along the direction p, δ = pᵀ[g(w + σ p) - g(w)] / σ + λ |p|² with σ = `sigma` / |p| estimates the curvature, and α = -gᵀp
/// / δ is the length of the step: w ← w + α p. The damping λ grows if the decrease falls short of the estimated one, and
/// shrinks if they agree. The next direction is p ← -g + β p with β = (|g₊|² - g₊ᵀg) / (-gᵀp), and -g after as many steps as
/// there are parameters.
///
/// Training ends when no derivative exceeds `tolerance`, or three steps in a row do not decrease the objective noticeably.
///
/// Source: Møller, "A scaled conjugate gradient algorithm for fast supervised learning" (1993), whose σ of 1e-4 at most is meant
/// for double precision.
public struct ConjugateGradient: FullBatchOptimizer {
  public static let name = "conjugate_gradient"
  public static let aliases = ["scg"]
  public static let summary = "p ← -g + β p; w ← w + α p, α by a damped estimate of the curvature; all samples at once"
  /// A factor of the step.
  public var learningRate: Float = 1
  /// The distance at which a second gradient gives the curvature, σ.
  public var sigma: Float = 0.001
  /// The initial damping λ.
  public var damping: Float = 1e-6
  /// The magnitude of the largest derivative at which the solver has converged.
  public var tolerance: Float = 1e-6
  /// Creates a conjugate gradient solver with the default settings.
  public init() {}
  /// Creates a conjugate gradient solver with the given settings.
  public init(learningRate: Float = 1, sigma: Float = 0.001, damping: Float = 1e-6, tolerance: Float = 1e-6) {
    (self.learningRate, self.sigma) = (learningRate, sigma)
    (self.damping, self.tolerance) = (damping, tolerance)
  }

  public func validate() throws {
    try requirePositiveRate()
    try require(sigma > 0 && sigma <= 1, "sigma", sigma, expected: "a number above 0, at most 1")
    try require(damping >= 1e-12 && damping <= 1, "damping", damping, expected: "a number from 1e-12 to 1")
    try require(tolerance >= 0 && tolerance.isFinite, "tolerance", tolerance, expected: "a number of 0 or more")
  }

  public func state(for shape: [Int]) -> [StatePlan] {
    [
      StatePlan("direction", shape: shape), StatePlan("steps", shape: [1]),
      StatePlan("damping", shape: [1], start: damping), StatePlan("idle", shape: [1]),
    ]
  }

  /// λ beyond which no step is possible, and below which it has no effect.
  private static let dampings = 0x1p-50...1e15

  public func step(_ objective: Objective, state: inout SolverState, at step: OptimizerStep) throws -> SolverStep {
    guard objective.gradient.largestMagnitude > Double(tolerance) else { return .converged }
    let origin = objective.parameters.doubles
    let downhill = -objective.gradient.doubles
    var direction = state["direction"].doubles
    var steps = state[number: "steps"]
    // A direction that is hardly downhill, after a restart or with other random draws, is of no use.
    if steps == 0 || direction.dot(downhill) <= 1e-3 * (direction.squaredNorm * downhill.squaredNorm).squareRoot() {
      (direction, steps) = (downhill, 0)
    }
    var lambda = max(Double(state[number: "damping"]), Self.dampings.lowerBound)
    let (norm, slope) = (direction.squaredNorm, direction.dot(downhill))
    let undamped = try curvature(objective, origin, direction, norm)
    while Self.dampings.contains(lambda) {
      var curvature = undamped + lambda * norm
      if curvature <= 0 {
        // The damping that makes the curvature positive: δ ← λ |p|² - δ.
        let raised = 2 * (lambda - curvature / norm)
        curvature = lambda * norm - curvature
        lambda = raised
      }
      let length = slope / curvature
      let parameters = origin.adding(direction, times: length * Double(step.learningRate)).floats
      let (value, gradient) = try objective.evaluate(at: parameters)
      let agreement = 2 * curvature * (objective.value - value) / (slope * slope)
      if agreement >= 0.75 { lambda /= 4 }
      if !(agreement >= 0.25) { lambda += curvature * (1 - (agreement.isFinite ? max(agreement, -100) : -100)) / norm }
      guard agreement >= 0 else { continue }
      let next = -gradient.doubles
      steps += 1
      if steps >= Float(origin.count) {
        steps = 0
      } else {
        let beta = (next.squaredNorm - next.dot(downhill)) / slope
        state["direction"] = next.adding(direction, times: beta).floats
      }
      state[number: "steps"] = steps
      state[number: "damping"] = Float(min(max(lambda, Self.dampings.lowerBound), Self.dampings.upperBound))
      let isIdle = objective.value - value <= negligibleDecrease * objective.value.magnitude
      state[number: "idle"] = isIdle ? state[number: "idle"] + 1 : 0
      return SolverStep(to: parameters, isConverged: state[number: "idle"] >= 3)
    }
    return .converged
  }

  /// Returns the second derivative along `direction`, whose squared length is `norm`, times `norm`.
  private func curvature(
    _ objective: Objective, _ origin: [Double], _ direction: [Double], _ norm: Double
  ) throws -> Double {
    let distance = Double(sigma) / norm.squareRoot()
    let (_, gradient) = try objective.evaluate(at: origin.adding(direction, times: distance).floats)
    let change = zip(gradient, objective.gradient).map { Double($0) - Double($1) }
    return change.dot(direction) / distance
  }
}

extension Optimizer where Self == ConjugateGradient {
  /// The scaled conjugate gradient method, a solver for full batches.
  public static func conjugateGradient(
    learningRate: Float = 1, sigma: Float = 0.001, damping: Float = 1e-6, tolerance: Float = 1e-6
  ) -> ConjugateGradient {
    ConjugateGradient(learningRate: learningRate, sigma: sigma, damping: damping, tolerance: tolerance)
  }
}

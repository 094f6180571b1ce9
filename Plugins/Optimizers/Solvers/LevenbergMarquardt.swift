import GliaCore

/// The Levenberg–Marquardt method for squared errors: Gauss–Newton steps, damped so that they stay where the linearization holds.
///
/// (Jᵀ J + λ D²) d = Jᵀ r; w ← w - d, with the residuals r, their Jacobian J, and the largest norms D of its columns so far.
/// The damping λ limits the scaled length of a step to a radius, |D d| ≤ Δ, which grows while the decrease agrees with the
/// linearization and shrinks otherwise. This is the method of MINPACK, and so of SciPy's `least_squares(method="lm")`;
/// MATLAB's `trainlm` instead multiplies λ by constant factors, with D = 1.
///
/// The loss must be a `LeastSquaresLoss`, and regularizers count as residuals if they are a `LeastSquaresRegularizer`. A
/// step needs the derivatives of every output for every sample, and time and memory in proportion to the cube and the square
/// of the number of parameters, of which there may be 10,000. J is factored by rotations, J = Q R, since Jᵀ J would lose the
/// directions that the data hardly determine. Where values of the loss are so close that rounding errors of single precision blur
/// their difference, the decrease of a step follows from the slopes at both of its ends.
///
/// Training ends when no derivative of the loss exceeds `tolerance`, a step decreases the loss by less than a fraction of 1e-8,
/// or none decreases it. In a long, flat valley this may happen before the minimum; l2 penalties, which keep the parameters
/// small, help.
///
/// Sources: Levenberg, "A method for the solution of certain non-linear problems in least squares" (1944); Marquardt, "An
/// algorithm for least-squares estimation of nonlinear parameters" (1963); Moré, "The Levenberg–Marquardt algorithm:
/// implementation and theory" (1978).
public struct LevenbergMarquardt: FullBatchOptimizer {
  public static let name = "levenberg_marquardt"
  public static let aliases = ["lm"]
  public static let summary = "(Jᵀ J + λ D²) d = Jᵀ r; w ← w - d; squared errors of all samples at once"
  /// A factor of the step.
  public var learningRate: Float = 1
  /// The first radius, as a multiple of the scaled length of the parameters, |D w|.
  public var radius: Float = 100
  /// The magnitude of the largest derivative at which the solver has converged.
  public var tolerance: Float = 1e-8
  /// Creates a Levenberg–Marquardt solver with the default settings.
  public init() {}
  /// Creates a Levenberg–Marquardt solver with the given settings.
  public init(learningRate: Float = 1, radius: Float = 100, tolerance: Float = 1e-8) {
    (self.learningRate, self.radius, self.tolerance) = (learningRate, radius, tolerance)
  }

  public func validate() throws {
    try requirePositiveRate()
    try require(radius > 0 && radius <= 1e6, "radius", radius, expected: "a number above 0, at most 1e6")
    try require(tolerance >= 0 && tolerance.isFinite, "tolerance", tolerance, expected: "a number of 0 or more")
  }

  public var usesResiduals: Bool { true }

  public func checkProblem(parameters: Int, penalized: [String]) throws {
    try NormalEquations.checkSize(parameters, for: Self.name)
  }

  public func state(for shape: [Int]) -> [StatePlan] {
    [StatePlan("scales", shape: shape), StatePlan("radius", shape: [1]), StatePlan("damping", shape: [1])]
  }

  public func step(_ objective: Objective, state: inout SolverState, at step: OptimizerStep) throws -> SolverStep {
    guard objective.gradient.largestMagnitude > Double(tolerance) else { return .converged }
    let problem = try TriangularFactor(objective)
    let largest = zip(state["scales"].doubles, problem.norms).map { max($0, $1) }
    // Scales from long ago can hold parameters back, so without progress the last attempt is made with those of this step.
    for (scales, isFresh) in [(largest, false), (problem.norms, true)] {
      var region = TrustRegion(problem, scales: scales.map { $0 > 0 ? $0 : 1 })
      if !isFresh {
        region.radius = Double(state[number: "radius"])
        region.damping = Double(state[number: "damping"])
      }
      guard let next = try search(objective, &region, rate: Double(step.learningRate)) else { continue }
      state["scales"] = scales.floats
      state[number: "radius"] = Float(min(max(region.radius, 1e-30), 1e30))
      state[number: "damping"] = Float(min(region.damping, 1e30))
      return next
    }
    return .converged
  }

  /// The relative decrease, a measured and an expected one, at which the solver has converged.
  private static let smallestDecrease = 1e-8
  /// The relative difference of two values of which rounding errors of single precision may be more than a few percent.
  private static let noise = 1e-4

  /// Returns a step that decreases the objective, with the radius adapted; nil if there is none.
  private func search(_ objective: Objective, _ region: inout TrustRegion, rate: Double) throws -> SolverStep? {
    let (origin, before) = (objective.parameters.doubles, objective.value)
    let size = region.length(origin)
    let isFirst = !(region.radius > 0)
    if isFirst { region.radius = Double(radius) * (size > 0 ? size : 1) }
    for _ in 0..<60 {
      guard let proposal = region.step() else { return nil }
      let length = region.length(proposal)
      if isFirst { region.radius = min(region.radius, length) }
      let parameters = origin.adding(proposal, times: -rate).floats
      guard parameters != objective.parameters else { return nil }
      let change = parameters.doubles.adding(origin, times: -1)
      let (value, gradient) = try objective.evaluate(at: parameters)
      let slope = region.slope.dot(change)
      let expected = -(2 * slope + region.problem.times(change).squaredNorm)
      var decrease = value.isFinite ? before - value : -.infinity
      // Slopes along the step are more exact than the difference of two values that are nearly equal.
      if decrease.magnitude < Self.noise * before { decrease = -(slope + gradient.doubles.dot(change) / 2) }
      region.adapt(decrease: decrease, expected: expected, slope: slope, value: before, length: length)
      if decrease > 0, decrease >= 1e-4 * expected {
        let isNegligible = max(decrease, expected) <= Self.smallestDecrease * before && decrease <= 2 * expected
        return SolverStep(to: parameters, isConverged: isNegligible)
      }
      if region.radius <= 1e-7 * size { return nil }
    }
    return nil
  }
}

extension Optimizer where Self == LevenbergMarquardt {
  /// The Levenberg–Marquardt method, a solver for squared errors and full batches.
  public static func levenbergMarquardt(
    learningRate: Float = 1, radius: Float = 100, tolerance: Float = 1e-8
  ) -> LevenbergMarquardt {
    LevenbergMarquardt(learningRate: learningRate, radius: radius, tolerance: tolerance)
  }
}

import GliaCore

/// Limited-memory BFGS: a quasi-Newton method for full batches that approximates the inverse Hessian by the last steps.
///
/// d = -H g, where H follows from the last pairs s = Δw, y = Δg by the two-loop recursion with H₀ = sᵀy / yᵀy; w ← w + t d with t
/// by a line search for the strong Wolfe conditions. The first step of all is along -g, of length 1 at most.
///
/// Training ends when no derivative exceeds `tolerance`, or no step decreases the objective any further. The pairs are
/// differences within a step, so random layers, which draw anew in every step, do not disturb them.
///
/// Sources: Nocedal, "Updating quasi-Newton matrices with limited storage" (1980); Liu and Nocedal, "On the limited memory BFGS
/// method for large scale optimization" (1989).
public struct LBFGS: FullBatchOptimizer {
  public static let name = "lbfgs"
  public static let summary =
    "d = -H g, H from the last pairs Δw, Δg; w ← w + t d with strong Wolfe t; all samples at once"
  /// The factor of the length that a line search tries first.
  public var learningRate: Float = 1
  /// The number of pairs that approximate the inverse Hessian.
  public var history = 10
  /// The magnitude of the largest derivative at which the solver has converged.
  public var tolerance: Float = 1e-6
  /// The largest number of evaluations of a line search.
  public var maxEvaluations = 20
  /// Creates an L-BFGS solver with the default settings.
  public init() {}
  /// Creates an L-BFGS solver with the given settings.
  public init(learningRate: Float = 1, history: Int = 10, tolerance: Float = 1e-6, maxEvaluations: Int = 20) {
    (self.learningRate, self.history) = (learningRate, history)
    (self.tolerance, self.maxEvaluations) = (tolerance, maxEvaluations)
  }

  public func validate() throws {
    try requirePositiveRate()
    try require((1...1000).contains(history), "history", history, expected: "a whole number from 1 to 1000")
    try require(tolerance >= 0 && tolerance.isFinite, "tolerance", tolerance, expected: "a number of 0 or more")
    try require(
      (2...1000).contains(maxEvaluations), "max_evaluations", maxEvaluations, expected: "a whole number from 2 to 1000")
  }

  public func state(for shape: [Int]) -> [StatePlan] {
    [
      StatePlan("steps", shape: [history] + shape), StatePlan("changes", shape: [history] + shape),
      StatePlan("pairs", shape: [1]),
    ]
  }

  public func step(_ objective: Objective, state: inout SolverState, at step: OptimizerStep) throws -> SolverStep {
    guard objective.gradient.largestMagnitude > Double(tolerance) else { return .converged }
    var pairs = QuasiNewtonPairs(state, limit: history)
    let (gradient, rate) = (objective.gradient.doubles, Double(step.learningRate))
    let search = LineSearch(evaluations: maxEvaluations)
    var found: LineSearch.Point?
    if !pairs.isEmpty { found = try search.search(objective, along: -pairs.times(gradient), first: rate) }
    if found == nil {
      // Without the pairs, the direction is that of steepest descent.
      pairs = QuasiNewtonPairs(limit: history)
      let norm = gradient.squaredNorm.squareRoot()
      found = try search.search(objective, along: -gradient, first: rate * min(1, 1 / norm))
    }
    guard let found else { return .converged }
    pairs.append(
      step: zip(found.parameters, objective.parameters).map { Double($0) - Double($1) },
      change: zip(found.gradient, objective.gradient).map { Double($0) - Double($1) })
    pairs.write(to: &state)
    let isDone = objective.value - found.value <= negligibleDecrease * objective.value.magnitude
    return SolverStep(to: found.value <= objective.value ? found.parameters : nil, isConverged: isDone)
  }
}

extension Optimizer where Self == LBFGS {
  /// L-BFGS, a quasi-Newton solver for full batches.
  public static func lbfgs(
    learningRate: Float = 1, history: Int = 10, tolerance: Float = 1e-6, maxEvaluations: Int = 20
  ) -> LBFGS {
    LBFGS(learningRate: learningRate, history: history, tolerance: tolerance, maxEvaluations: maxEvaluations)
  }
}

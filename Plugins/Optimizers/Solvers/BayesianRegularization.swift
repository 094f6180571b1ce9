import GliaCore

/// Bayesian regularization of squared errors: Levenberg–Marquardt steps with an l2 penalty whose strength the data determine.
///
/// It minimizes F = β E + α W with the squared errors E = Σ r² and the squared parameters W = Σ w². Before every step, the
/// evidence for the last α and β gives new ones:
///
/// γ = n - α tr(β Jᵀ J + α I)⁻¹; α = γ / (2 W); β = (N - γ) / (2 E)
///
/// for n parameters and N residuals. γ, the effective number of parameters, tells how many of them the data determine; if it
/// is close to n, a larger network may fit better. Then (β Jᵀ J + (α + μ) I) d = β Jᵀ r + α w and w ← w - d, where the
/// damping μ falls by `decrease` if F decreases, and else grows by `increase` until it does.
///
/// The loss must be a `LeastSquaresLoss` without regularizers; standardize features and targets. The losses in the history
/// are those without α W. `Training.solverState(_:)` returns `effective_parameters`, `alpha` and `beta`, the last two for
/// residuals that include the factor of the loss. The size of the network is limited as for ``LevenbergMarquardt``. Training
/// ends when no damping up to 1e10 decreases F any further.
///
/// Sources: MacKay, "Bayesian interpolation" (1992); Foresee and Hagan, "Gauss–Newton approximation to Bayesian learning"
/// (1997). The defaults are those of MATLAB's `trainbr`.
public struct BayesianRegularization: FullBatchOptimizer {
  public static let name = "bayesian_regularization"
  public static let summary = "Levenberg–Marquardt for β Σ r² + α Σ w², with α and β from the data; all samples at once"
  /// A factor of the step.
  public var learningRate: Float = 1
  /// The initial damping μ.
  public var damping: Float = 0.005
  /// The factor of μ after a step.
  public var decrease: Float = 0.1
  /// The factor of μ while F does not decrease.
  public var increase: Float = 10
  /// Creates a solver with Bayesian regularization with the default settings.
  public init() {}
  /// Creates a solver with Bayesian regularization with the given settings.
  public init(learningRate: Float = 1, damping: Float = 0.005, decrease: Float = 0.1, increase: Float = 10) {
    (self.learningRate, self.damping) = (learningRate, damping)
    (self.decrease, self.increase) = (decrease, increase)
  }

  public func validate() throws {
    try requirePositiveRate()
    try require(damping >= 1e-9 && damping <= 1e6, "damping", damping, expected: "a number from 1e-9 to 1e6")
    try require(decrease > 0 && decrease < 1, "decrease", decrease, expected: "a number between 0 and 1")
    try require(increase >= 1.1 && increase <= 1e6, "increase", increase, expected: "a number from 1.1 to 1e6")
  }

  public var usesResiduals: Bool { true }

  public func checkProblem(parameters: Int, penalized: [String]) throws {
    try NormalEquations.checkSize(parameters, for: Self.name)
    guard let tensor = penalized.first else { return }
    throw GliaError(
      "a regularizer of \(tensor) with \(Self.name), which chooses the strength of an l2 penalty itself",
      expected: "no regularizers", remedy: "remove them, or use levenberg_marquardt")
  }

  public func state(for shape: [Int]) -> [StatePlan] {
    [
      StatePlan("damping", shape: [1], start: damping), StatePlan("alpha", shape: [1]), StatePlan("beta", shape: [1]),
      StatePlan("effective_parameters", shape: [1], start: Float(shape.reduce(1, *))),
    ]
  }

  private static let dampings = 0x1p-66...1e10

  public func step(_ objective: Objective, state: inout SolverState, at step: OptimizerStep) throws -> SolverStep {
    let origin = objective.parameters.doubles
    let equations = try NormalEquations(objective)
    let weights = Evidence(equations, state, errors: objective.value, parameters: origin)
    weights.write(to: &state)
    var matrix = equations.matrix
    matrix.scale(by: weights.beta)
    let slope = equations.slope.map { weights.beta * $0 }.adding(origin, times: weights.alpha)
    func total(_ errors: Double, _ parameters: [Double]) -> Double {
      weights.beta * errors + weights.alpha * parameters.squaredNorm
    }
    let before = total(objective.value, origin)
    var damping = max(Double(state[number: "damping"]), Self.dampings.lowerBound)
    while Self.dampings.contains(damping) {
      var damped = matrix
      damped.addDiagonal([Double](repeating: weights.alpha + damping, count: origin.count))
      guard let factor = Cholesky(damped) else {
        damping *= Double(increase)
        continue
      }
      let parameters = origin.adding(factor.solve(slope), times: -Double(step.learningRate)).floats
      if total(try objective.value(at: parameters), parameters.doubles) < before {
        state[number: "damping"] = Float(max(damping * Double(decrease), Self.dampings.lowerBound))
        return SolverStep(to: parameters)
      }
      damping *= Double(increase)
    }
    return .converged
  }
}

extension Optimizer where Self == BayesianRegularization {
  /// Bayesian regularization, a solver for squared errors and full batches.
  public static func bayesianRegularization(
    learningRate: Float = 1, damping: Float = 0.005, decrease: Float = 0.1, increase: Float = 10
  ) -> BayesianRegularization {
    BayesianRegularization(learningRate: learningRate, damping: damping, decrease: decrease, increase: increase)
  }
}

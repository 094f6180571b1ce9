import Glia
import Testing

/// Steps that can be calculated by hand, and functions whose minimum is known.
@Suite("Solvers calculated by hand")
struct SolverTests {
  /// f(w) = Σ (c w - b)² with its residuals.
  private static func squares(_ c: [Float], _ b: [Float]) -> (
    residuals: ([Float], (Double, Span<Float>) -> Void) -> Void,
    function: ([Float]) -> (value: Double, gradient: [Float])
  ) {
    (
      { w, body in
        for i in w.indices {
          var derivatives = [Float](repeating: 0, count: w.count)
          derivatives[i] = c[i]
          body(Double(c[i] * w[i] - b[i]), derivatives.span)
        }
      },
      { w in
        let r = w.indices.map { c[$0] * w[$0] - b[$0] }
        return (r.reduce(0) { $0 + Double($1 * $1) }, w.indices.map { 2 * c[$0] * r[$0] })
      }
    )
  }

  /// The residuals w₁ - 3 and 2 w₂ + 1 vanish at (3, -½), which the Gauss–Newton step from (1, 1) reaches at once.
  @Test("levenberg_marquardt: a linear problem in one step")
  func gaussNewton() throws {
    let (residuals, function) = Self.squares([1, 2], [3, -1])
    var run = try SolverRunner(.levenbergMarquardt(), from: [1, 1])
    try run.step(residuals: residuals, function)
    #expect(run.parameters == [3, -0.5])
    try run.step(residuals: residuals, function)
    #expect(run.hasConverged)
  }

  /// The rows (1, 1) and (1, 1 + 2⁻²³) of J differ in the last bit. J has the condition number 3 · 10⁷, and Jᵀ J one of 10¹⁵.
  @Test("levenberg_marquardt: parameters that the residuals hardly determine")
  func dependence() throws {
    let last: [Float] = [1, 1 + 0x1p-23]
    func residuals(_ w: [Float]) -> [Double] {
      last.map { (Double(w[0]) - 1) + Double($0) * (Double(w[1]) - 2) }
    }
    var run = try SolverRunner(.levenbergMarquardt(), from: [0, 0])
    try run.step(
      residuals: { w, body in for (r, x) in zip(residuals(w), last) { body(r, ([1, x] as [Float]).span) } },
      { w in
        let r = residuals(w)
        let slopes = zip(r, last).reduce((0.0, 0.0)) { ($0.0 + 2 * $1.0, $0.1 + 2 * $1.0 * Double($1.1)) }
        return (r.squaredNorm, [Float(slopes.0), Float(slopes.1)])
      })
    #expect(abs(run.parameters[0] - 1) < 1e-4 && abs(run.parameters[1] - 2) < 1e-4, "\(run.parameters)")
  }

  /// r = 10 w from 1. The radius of 1 allows steps of a tenth, while the full step ends at 0.
  @Test("levenberg_marquardt: the radius limits a step although all columns have grown")
  func radius() throws {
    let (residuals, function) = Self.squares([10], [0])
    let solver = LevenbergMarquardt()
    var state = try SolverState(solver.state(for: [1]))
    (state[number: "scales"], state[number: "radius"]) = (1, 1)
    let objective = try Objective(at: [1], residuals: { body in residuals([1], body) }, function: function)
    let step = try solver.step(objective, state: &state, at: OptimizerStep(number: 1, learningRate: 1))
    let end = try #require(step.parameters?.first)
    #expect((0.885...0.915).contains(end), "\(end)")
  }

  /// f = w² from 3: the slope is 6, so the first step has length 1 and ends at 2. Then s = -1 and y = -2 give H = ½, and the next
  /// step ends at 2 - ½ · 4 = 0.
  @Test("lbfgs: one step along the slope, then the minimum of a parabola")
  func secant() throws {
    let (_, function) = Self.squares([1], [0])
    var run = try SolverRunner(.lbfgs(), from: [3])
    try run.step(function)
    #expect(run.parameters == [2])
    try run.step(function)
    #expect(run.parameters == [0])
    try run.step(function)
    #expect(run.hasConverged)
  }

  /// f = w² from 3: δ = 2 |p|² and α = |p|² / δ = ½ up to the damping of 1e-6, with p = -6.
  @Test("conjugate_gradient: the minimum of a parabola in one step")
  func conjugateGradient() throws {
    let (_, function) = Self.squares([1], [0])
    var run = try SolverRunner(.conjugateGradient(sigma: 0.5), from: [3])
    try run.step(function)
    #expect(abs(run.parameters[0]) < 1e-5)
  }

  /// In n dimensions, as many conjugate directions reach the minimum of a quadratic function.
  @Test("conjugate_gradient: three steps in three dimensions")
  func conjugateDirections() throws {
    let (_, function) = Self.squares([1, 2, 3], [1, 1, 1])
    var run = try SolverRunner(.conjugateGradient(), from: [0, 0, 0])
    for _ in 0..<3 { try run.step(function) }
    #expect(function(run.parameters).value < 1e-5)
  }

  /// n = 1 parameter w = 2 and N = 4 residuals w - b of 1 each: E = 4, W = 4. At first γ = 1, α = 1 / 8 and β = 3 / 8, so the
  /// step solves (⅜ · 4 + ⅛ + 0.005) d = ⅜ · 4 + ⅛ · 2: d = 1.75 / 1.63 = 1.073620.
  @Test("bayesian_regularization: the first step and its factors")
  func evidence() throws {
    let residuals: ([Float], (Double, Span<Float>) -> Void) -> Void = { w, body in
      for _ in 0..<4 { body(Double(w[0] - 1), ([1] as [Float]).span) }
    }
    var run = try SolverRunner(.bayesianRegularization(), from: [2])
    try run.step(residuals: residuals) { w in (4 * Double((w[0] - 1) * (w[0] - 1)), [8 * (w[0] - 1)]) }
    #expect(abs(run.parameters[0] - 0.926380) < 1e-5)
  }

  private static func rosenbrock(_ w: [Float]) -> (value: Double, gradient: [Float]) {
    let (x, y) = (Double(w[0]), Double(w[1]))
    let (a, b) = (1 - x, y - x * x)
    return (a * a + 100 * b * b, [Float(-2 * a - 400 * x * b), Float(200 * b)])
  }

  @Test("the Rosenbrock function from (-1.2, 1)")
  func valley() throws {
    var lbfgs = try SolverRunner(.lbfgs(), from: [-1.2, 1])
    for _ in 0..<45 { try lbfgs.step(Self.rosenbrock) }
    #expect(Self.rosenbrock(lbfgs.parameters).value < 1e-8)
    var conjugate = try SolverRunner(.conjugateGradient(), from: [-1.2, 1])
    for _ in 0..<200 { try conjugate.step(Self.rosenbrock) }
    #expect(Self.rosenbrock(conjugate.parameters).value < 1e-4)
    var marquardt = try SolverRunner(.levenbergMarquardt(), from: [-1.2, 1])
    for _ in 0..<25 {
      try marquardt.step(
        residuals: { w, body in
          body(Double(1 - w[0]), ([-1, 0] as [Float]).span)
          body(Double(10 * (w[1] - w[0] * w[0])), [-20 * w[0], 10].span)
        }, Self.rosenbrock)
    }
    #expect(Self.rosenbrock(marquardt.parameters).value < 1e-8)
  }

  @Test("a solver from another module: steepest descent with a length that is halved until the value falls")
  func ownSolver() throws {
    var run = try SolverRunner(Descent(), from: [3, -1])
    let (_, function) = Self.squares([1, 2], [0, 0])
    // The slope is (6, -8). Lengths of 2, 1 and ½ overshoot, the last one to (0, 3) with 36 instead of 13; ¼ ends at (1.5, 1).
    try run.step(function)
    #expect(run.parameters == [1.5, 1])
    for _ in 0..<100 { try run.step(function) }
    #expect(function(run.parameters).value < 1e-6)
  }

  @Test("settings out of range are rejected by name")
  func refusals() throws {
    let cases: [(JSON, String)] = [
      (["type": "lbfgs", "history": 0], "history"), (["type": "lbfgs", "tolerance": -1], "tolerance"),
      (["type": "lbfgs", "max_evaluations": 1], "max_evaluations"),
      (["type": "lbfgs", "learning_rate": 0], "learning_rate"),
      (["type": "conjugate_gradient", "sigma": 0], "sigma"), (["type": "conjugate_gradient", "damping": 0], "damping"),
      (["type": "levenberg_marquardt", "radius": 0], "radius"),
      (["type": "bayesian_regularization", "decrease": 1], "decrease"),
      (["type": "bayesian_regularization", "increase": 1], "increase"),
    ]
    for (json, setting) in cases {
      let error = #expect(throws: GliaError.self) { try Registry.standard.make((any Optimizer).self, from: json) }
      #expect(error?.place == setting)
    }
  }

  @Test("state from a damaged checkpoint ends in an error or is ignored", arguments: [Float.nan, .infinity, -1, 1e30])
  func damagedState(_ number: Float) throws {
    let solver = LBFGS()
    var state = try SolverState(solver.state(for: [2]))
    for name in ["steps", "changes", "pairs"] { state[name] = state[name].map { _ in number } }
    let objective = try Objective(at: [-1.2, 1], function: Self.rosenbrock)
    _ = try solver.step(objective, state: &state, at: OptimizerStep(number: 1, learningRate: 1))
  }
}

/// The example of `FullBatchOptimizer`.
private struct Descent: FullBatchOptimizer {
  static let name = "my_descent"
  var learningRate: Float = 1
  func state(for shape: [Int]) -> [StatePlan] { [StatePlan("length", shape: [1], start: 1)] }
  func step(_ objective: Objective, state: inout SolverState, at step: OptimizerStep) throws -> SolverStep {
    var length = 2 * state[number: "length"]
    while length > 1e-10 {
      let next = zip(objective.parameters, objective.gradient).map { $0 - step.learningRate * length * $1 }
      if try objective.value(at: next) < objective.value {
        state[number: "length"] = length
        return SolverStep(to: next)
      }
      length /= 2
    }
    return .converged
  }
}

import GliaCore

/// Checks a full-batch solver: it finds the minimum of a quadratic function and of the Rosenbrock function, stays at a minimum
/// and says so, and keeps everything it needs in its state.
///
/// Both functions are sums of squares, with residuals for solvers that need them.
func checkSolver(_ solver: any FullBatchOptimizer, registry: Registry) -> [CheckResult] {
  var found = Findings(solver)
  guard found.checkSettings(of: solver, registry) else { return found.results }
  for count in [1, 37] {
    let sizes = try? solver.state(for: [count]).map(\.shape).totalCount()
    guard let sizes, sizes <= 2001 * (count + 1),
      (try? SolverRunner(solver, from: [Float](repeating: 0, count: count))) != nil
    else {
      found.fail("state", "it requests the state \(solver.state(for: [count])) for \(count) parameters")
      return found.results
    }
  }
  found.expect("state", true, "")
  let (parabola, rosenbrock) = (SquaresProblem.parabola(37), SquaresProblem.rosenbrock)
  parabola.checkMinimum(solver, "convergence", below: 1e-6, &found)
  rosenbrock.checkMinimum(solver, "Rosenbrock function", below: 1e-3, &found)
  parabola.checkRest(solver, &found)
  rosenbrock.checkResume(solver, registry, &found)
  found.checkEffects(of: solver, registry) { try $0.solverFingerprint }
  return found.results
}

/// A sum of squares f(w) = Σ r(w)², with the residuals and their derivatives.
private struct SquaresProblem {
  let start: [Float]
  let residuals: @Sendable (_ parameters: [Float]) -> [(value: Double, derivatives: [Float])]

  /// f(w) = Σ (c w)², with its minimum at 0.
  static func parabola(_ count: Int) -> SquaresProblem {
    var random = Random(seed: 9)
    let scales = random.points(count, 0.5, 1.5)
    let start = random.points(count, -1, 1)
    return SquaresProblem(start: start) { w in
      w.indices.map { i in
        var derivatives = [Float](repeating: 0, count: w.count)
        derivatives[i] = scales[i]
        return (Double(scales[i]) * Double(w[i]), derivatives)
      }
    }
  }

  /// f(x, y) = (1 - x)² + 100 (y - x²)², from (-1.2, 1). The two residuals are repeated, a hundredth of each square, so that
  /// there are more residuals than parameters, as in a training.
  static let rosenbrock = SquaresProblem(start: [-1.2, 1]) { w in
    let (x, y) = (Double(w[0]), Double(w[1]))
    let own: [(value: Double, derivatives: [Float])] = [
      ((1 - x) / 10, [-0.1, 0]), (y - x * x, [-2 * w[0], 1]),
    ]
    return (0..<100).flatMap { _ in own }
  }

  /// f(w) = (w³ - 1)², from 0.01, where the linearization holds only nearby.
  static let cube = SquaresProblem(start: [0.01]) { w in [(Double(w[0] * w[0] * w[0]) - 1, [3 * w[0] * w[0]])] }

  func evaluate(_ w: [Float]) -> (value: Double, gradient: [Float]) {
    var value = 0.0
    var gradient = [Double](repeating: 0, count: w.count)
    for (residual, derivatives) in residuals(w) {
      value += residual * residual
      for i in gradient.indices { gradient[i] += 2 * residual * Double(derivatives[i]) }
    }
    return (value, gradient.floats)
  }

  /// Makes a step; returns the number of evaluations.
  @discardableResult
  func step(_ run: inout SolverRunner) throws -> Int {
    try run.step(residuals: { w, body in residuals(w).forEach { body($0.value, $0.derivatives.span) } }, evaluate)
  }

  /// The function falls to the minimum, where it stays.
  func checkMinimum(_ solver: any FullBatchOptimizer, _ check: String, below share: Double, _ found: inout Findings) {
    found.expectNoError(check) { found in
      var run = try SolverRunner(solver, from: start)
      let first = evaluate(start).value
      var steps = 0
      while steps < 1000, !run.hasConverged {
        try step(&run)
        steps += 1
      }
      let last = evaluate(run.parameters).value
      found.expect(
        check, last <= share * first,
        "after \(steps) steps, the function, at first \(first.short), is \(last.short), not below \((share * first).short)\n"
          + "likely cause: steps that are too short, or the end of the training too early")
    }
  }

  /// At the minimum, it changes nothing and has converged.
  func checkRest(_ solver: any FullBatchOptimizer, _ found: inout Findings) {
    found.expectNoError("stays at the minimum") { found in
      let zeros = [Float](repeating: 0, count: start.count)
      var run = try SolverRunner(solver, from: zeros)
      try step(&run)
      found.expect(
        "stays at the minimum", run.parameters == zeros && run.hasConverged,
        "at the minimum, the first step \(run.hasConverged ? "moves the parameters" : "does not return converged")")
    }
  }

  /// An equal solver with the same state continues exactly as the first one would.
  func checkResume<S: FullBatchOptimizer>(_ solver: S, _ registry: Registry, _ found: inout Findings) {
    found.expectNoError("resumes from its state") { found in
      var run = try SolverRunner(solver, from: start)
      let fresh = try Findings.read(S.self, JSON(part: solver), like: solver, registry)
      for _ in 0..<4 { try step(&run) }
      var resumed = run
      resumed.solver = fresh
      for _ in 0..<4 {
        try step(&run)
        try step(&resumed)
      }
      found.expect(
        "resumes from its state", run.parameters.hasSameBits(as: resumed.parameters),
        "an equal solver with the same state gives a different result\nlikely cause: hidden state outside of its state")
    }
  }

  /// The parameters, the state, and the number of evaluations after every step.
  func path(_ solver: any FullBatchOptimizer, steps: Int) throws -> [Float] {
    var run = try SolverRunner(solver, from: start)
    var path: [Float] = []
    for _ in 0..<steps where !run.hasConverged {
      let evaluations = try step(&run)
      path += run.parameters + run.memory + [Float(evaluations)]
    }
    return path
  }
}

extension FullBatchOptimizer {
  /// Paths on both functions, and the evaluations for a function whose gradient points uphill, which no step decreases.
  fileprivate var solverFingerprint: [Float] {
    get throws {
      var lost = try SolverRunner(self, from: [1, 1])
      let evaluations = try lost.step(residuals: { w, body in body(1, w.span) }) { w in
        (-Double(w[0]) - Double(w[1]), [1, 1])
      }
      return try [.parabola(12), .rosenbrock, .cube].flatMap { (problem: SquaresProblem) in
        try problem.path(self, steps: 60)
      } + [Float(evaluations)]
    }
  }
}

extension LeastSquaresLoss {
  /// The loss is its factor times the sum of squares, averaged over the samples.
  func checkSquares(_ samples: LossSamples, _ value: Float, _ width: Int, _ found: inout Findings) {
    let squares = zip(samples.prediction, samples.target).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
    let rows = samples.prediction.count / max(width, 1)
    found.compare(
      "sum of squares", [Double(value)], [squaresFactor(outputs: width) * squares / Double(max(rows, 1))],
      within: .values,
      wanted: "its factor gives", cause: "a wrong squaresFactor", at: { _ in "the whole batch" })
  }
}

/// Runs a full-batch solver on a function, as in training, to test it and to draw its trajectories.
package struct SolverRunner {
  /// The solver, which may be replaced by an equal one: all of its state is stored here.
  package var solver: any FullBatchOptimizer { didSet { run = run.replacing(solver) } }
  package private(set) var parameters: [Float]
  /// The solver's state.
  package private(set) var memory: [Float]
  package var learningRate: Float
  private var number = 0
  private var run: SolverRun

  /// Starts at `parameters`; throws if the state is too large.
  package init(_ solver: any FullBatchOptimizer, from parameters: [Float]) throws {
    (self.solver, self.parameters, learningRate) = (solver, parameters, solver.learningRate)
    run = try SolverRun(solver, ranges: [0..<parameters.count])
    try Memory.require(floats: run.state.count, for: "the state of \(type(of: solver).name)")
    memory = [Float](repeating: 0, count: run.state.count)
    run.state.initialize(&memory, from: 0)
  }

  /// Whether the solver has converged.
  package var hasConverged: Bool { run.hasConverged(memory) }

  /// Makes one step for a function and, for a sum of squares, its residuals at any parameters; returns the number of evaluations.
  @discardableResult
  package mutating func step(
    residuals: ((_ parameters: [Float], _ body: (Double, Span<Float>) -> Void) -> Void)? = nil,
    _ function: @escaping (_ parameters: [Float]) -> (value: Double, gradient: [Float])
  ) throws -> Int {
    number += 1
    let start = parameters
    let linearization: Objective.Linearization? = residuals.map { residuals in { body in residuals(start, body) } }
    let objective = try Objective(at: start, residuals: linearization, function: function)
    let step = OptimizerStep(number: number, learningRate: learningRate)
    if let end = try run.step(objective, &memory, at: step) { parameters = end }
    return objective.evaluations
  }
}

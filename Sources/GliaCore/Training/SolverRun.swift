/// The parameters that a full-batch solver trains, as one vector, and where its state is.
final class SolverRun {
  /// The name of the state that says whether the solver has converged, after its own.
  private static let convergence = "has_converged"

  let solver: any FullBatchOptimizer
  /// The parameters that are not frozen.
  let ranges: [Range<Int>]
  /// The number of those parameters.
  let count: Int
  /// The offset of the state in the training's memory.
  var start = 0
  let state: NamedState

  init(_ solver: any FullBatchOptimizer, ranges: [Range<Int>]) throws {
    (self.solver, self.ranges) = (solver, ranges)
    count = ranges.reduce(0) { $0 + $1.count }
    let own = solver.state(for: [count])
    state = try GliaError.locating("training.optimizer") {
      try NamedState([own + [StatePlan(Self.convergence, shape: [1])]])
    }
  }

  private init(_ solver: any FullBatchOptimizer, like other: SolverRun) {
    (self.solver, ranges, count) = (solver, other.ranges, other.count)
    (start, state) = (other.start, other.state)
  }

  /// Returns a run of the same parameters that continues from the same state.
  func replacing(_ solver: any FullBatchOptimizer) -> SolverRun { SolverRun(solver, like: self) }

  /// Returns the numbers of `parameters` that are not frozen.
  func vector(of parameters: [Float]) -> [Float] {
    ranges.count == 1 && count == parameters.count ? parameters : ranges.flatMap { parameters[$0] }
  }

  /// Replaces the numbers of `parameters` that are not frozen.
  func put(_ vector: [Float], into parameters: inout [Float]) {
    var first = 0
    for range in ranges {
      parameters.replaceSubrange(range, with: vector[first..<first + range.count])
      first += range.count
    }
  }

  /// Returns whether the solver had converged, according to the training's `memory`.
  func hasConverged(_ memory: [Float]) -> Bool { read(Self.convergence, of: memory)?.first == 1 }

  /// Returns the state called `name` from the training's `memory`; nil if there is none.
  func read(_ name: String, of memory: [Float]) -> [Float]? {
    place(of: name).map { Array(memory[$0]) }
  }

  /// Makes a step, and writes the state to the training's `memory`; returns the new parameters, or nil to keep the current ones.
  func step(_ objective: Objective, _ memory: inout [Float], at step: OptimizerStep) throws -> [Float]? {
    let names = state.places[0].map(\.name).filter { $0 != Self.convergence }
    var own = SolverState(Dictionary(names.map { ($0, read($0, of: memory) ?? []) }) { first, _ in first })
    let result = try solver.step(objective, state: &own, at: step)
    try own.check(type(of: solver).name)
    guard result.parameters.map({ $0.count == count }) ?? true else {
      throw GliaError(
        "a step of the optimizer \(type(of: solver).name) to \(result.parameters?.count ?? 0) parameters",
        at: "training.optimizer", expected: "\(count)", remedy: "correct the component")
    }
    for name in names { write(own[name], to: name, of: &memory) }
    write([result.isConverged ? 1 : 0], to: Self.convergence, of: &memory)
    return result.parameters
  }

  private func write(_ numbers: [Float], to name: String, of memory: inout [Float]) {
    guard let place = place(of: name), place.count == numbers.count else { return }
    memory.replaceSubrange(place, with: numbers)
  }

  private func place(of name: String) -> Range<Int>? {
    state.places[0].first { $0.name == name }.map { start + $0.range.lowerBound..<start + $0.range.upperBound }
  }
}

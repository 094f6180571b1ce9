import GliaCore

extension QuasiNewtonPairs {
  /// Reads the pairs from the tensors `steps` and `changes`, of which the first `pairs` rows are filled.
  init(_ state: SolverState, limit: Int) {
    let (steps, changes) = (state["steps"], state["changes"])
    let width = steps.count / max(limit, 1)
    let count = (0...limit).last { Float($0) <= state[number: "pairs"] } ?? 0
    let rows = width > 0 && changes.count == steps.count ? 0..<count : 0..<0
    func vectors(_ numbers: [Float]) -> [[Double]] { rows.map { numbers[$0 * width..<($0 + 1) * width].doubles } }
    self.init(limit: limit, steps: vectors(steps), changes: vectors(changes))
  }

  /// Writes the pairs to the state.
  func write(to state: inout SolverState) {
    state[number: "pairs"] = Float(steps.count)
    for (name, vectors) in [("steps", steps), ("changes", changes)] {
      let numbers = vectors.joined().map { Float($0) }
      state[name] = numbers + [Float](repeating: 0, count: max(state[name].count - numbers.count, 0))
    }
  }
}

import GliaCore

/// The last steps s = Δw of a quasi-Newton method and the changes y = Δg of the gradient, the oldest first.
struct QuasiNewtonPairs {
  private let limit: Int
  private var steps: [[Double]] = []
  private var changes: [[Double]] = []

  init(limit: Int) { self.limit = limit }

  /// Reads the pairs from the tensors `steps` and `changes`, of which the first `pairs` rows are filled.
  init(_ state: SolverState, limit: Int) {
    self.init(limit: limit)
    let (steps, changes) = (state["steps"], state["changes"])
    let width = steps.count / max(limit, 1)
    let count = (0...limit).last { Float($0) <= state[number: "pairs"] } ?? 0
    guard width > 0, changes.count == steps.count else { return }
    for row in 0..<count {
      self.steps.append(steps[row * width..<(row + 1) * width].doubles)
      self.changes.append(changes[row * width..<(row + 1) * width].doubles)
    }
  }

  /// Writes the pairs to the state.
  func write(to state: inout SolverState) {
    state[number: "pairs"] = Float(steps.count)
    for (name, vectors) in [("steps", steps), ("changes", changes)] {
      let numbers = vectors.joined().map { Float($0) }
      state[name] = numbers + [Float](repeating: 0, count: max(state[name].count - numbers.count, 0))
    }
  }

  var isEmpty: Bool { steps.isEmpty }

  /// Adds a pair, unless the gradient hardly changes along the step or even falls, so that there is no positive curvature.
  mutating func append(step: [Double], change: [Double]) {
    guard step.dot(change) > 1e-10 * (step.squaredNorm * change.squaredNorm).squareRoot() else { return }
    if steps.count == limit {
      steps.removeFirst()
      changes.removeFirst()
    }
    steps.append(step)
    changes.append(change)
  }

  /// Returns H `gradient`, with the inverse Hessian H that the pairs imply: the two-loop recursion.
  func times(_ gradient: [Double]) -> [Double] {
    var q = gradient
    let curvatures = zip(steps, changes).map { $0.dot($1) }
    var factors = curvatures
    for i in steps.indices.reversed() {
      factors[i] = steps[i].dot(q) / curvatures[i]
      q.add(changes[i], times: -factors[i])
    }
    if let change = changes.last, let curvature = curvatures.last {
      let scale = curvature / change.squaredNorm
      for i in q.indices { q[i] *= scale }
    }
    for i in steps.indices { q.add(steps[i], times: factors[i] - changes[i].dot(q) / curvatures[i]) }
    return q
  }
}

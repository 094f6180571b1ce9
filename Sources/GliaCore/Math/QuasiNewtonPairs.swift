/// The last steps s = Δx of a quasi-Newton method and the changes y = Δg of the gradient, the oldest first: the inverse Hessian
/// of L-BFGS.
///
/// Source: Nocedal and Wright, "Numerical optimization" (2006), algorithm 7.4.
package struct QuasiNewtonPairs {
  private let limit: Int
  package private(set) var steps: [[Double]]
  package private(set) var changes: [[Double]]

  /// Creates a list of at most `limit` pairs.
  package init(limit: Int, steps: [[Double]] = [], changes: [[Double]] = []) {
    (self.limit, self.steps, self.changes) = (limit, steps, changes)
  }

  package var isEmpty: Bool { steps.isEmpty }

  /// Adds a pair, unless the gradient hardly changes along the step or even falls, so that there is no positive curvature.
  package mutating func append(step: [Double], change: [Double]) {
    guard step.dot(change) > 1e-10 * (step.squaredNorm * change.squaredNorm).squareRoot() else { return }
    if steps.count == limit {
      steps.removeFirst()
      changes.removeFirst()
    }
    steps.append(step)
    changes.append(change)
  }

  /// Returns H `gradient`, with the inverse Hessian H that the pairs imply: the two-loop recursion with H₀ = sᵀy / yᵀy.
  package func times(_ gradient: [Double]) -> [Double] {
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

import GliaCore

/// The conditions of a formula and how they are decided in one of its passes.
private final class Branches: @unchecked Sendable {
  // Lives in one call of `tracing`, on one thread.
  let decisions: [Bool]
  var conditions: [SymbolicTensor] = []
  private var random = Random(seed: 1)

  init(_ decisions: [Bool]) { self.decisions = decisions }

  func decide(_ condition: SymbolicTensor) -> Bool {
    conditions.append(condition)
    if conditions.count <= decisions.count { return decisions[conditions.count - 1] }
    // A loop that waits for a condition must end.
    return conditions.count <= SymbolicTensor.mostConditions || random.uniform(0, 1) < 0.5
  }

  @TaskLocal static var current: Branches?
}

extension SymbolicTensor {
  fileprivate static let mostConditions = 8

  /// The decision of the formula being traced, or the value of a constant; outside of ``tracing(_:)`` an error of the graph.
  var decided: Bool {
    guard let (graph, _) = place else { return number == 1 }
    if let branches = Branches.current { return branches.decide(self) }
    graph.note(
      "a condition that depends on the sample, where SymbolicTensor.select(_:_:_:) chooses between both results")
    return false
  }

  /// Records a formula with conditions, such as `z > 0 ? z : 0`: it is run for each combination of their outcomes, and the results
  /// become choices between them.
  ///
  /// - Throws: if there are more than eight conditions in sequence.
  static func tracing(_ formula: () -> SymbolicTensor) throws -> SymbolicTensor {
    try tracing([], formula)
  }

  private static func tracing(_ decisions: [Bool], _ formula: () -> SymbolicTensor) throws -> SymbolicTensor {
    let branches = Branches(decisions)
    let result = Branches.$current.withValue(branches) { formula() }
    guard branches.conditions.count > decisions.count else { return result }
    guard branches.conditions.count <= mostConditions else {
      throw GliaError(
        "a formula with more than \(mostConditions) conditions", expected: "fewer",
        remedy: "conform the component to ExportableActivation or ExportableLayer")
    }
    return try select(
      branches.conditions[decisions.count], tracing(decisions + [true], formula), tracing(decisions + [false], formula))
  }
}

// The step of a full-batch solver, in place of a gradient's.
extension Training {
  /// Whether a ``FullBatchOptimizer`` has converged, so that the training ends before all epochs have passed.
  public var hasConverged: Bool { update.solver?.hasConverged(optimizerState) ?? false }

  /// Returns the state called `name` of a ``FullBatchOptimizer``, such as `effective_parameters` of Bayesian regularization; nil
  /// if there is none.
  public func solverState(_ name: String) -> [Float]? { update.solver?.read(name, of: optimizerState) }

  /// Moves the parameters by a step of the solver, after the pass of all samples; returns whether they have changed.
  mutating func solve(_ step: OptimizerStep, rows: Int, key: UInt64) throws -> Bool {
    guard let run = update.solver else { return false }
    let problem = objective(run, rows: rows, key: key)
    let start = run.vector(of: trained.parameters)
    let (value, gradient) = try problem.evaluateCurrent()
    let residuals: Objective.Linearization? =
      run.solver.usesResiduals ? { try problem.linearize(at: start, $0) } : nil
    let objective = Objective(at: start, value: value, gradient: gradient, residuals: residuals) {
      try problem.evaluate($0, needsGradient: $1)
    }
    guard run.count > 0, let end = try run.step(objective, &optimizerState, at: step), end != start else {
      return false
    }
    run.put(end, into: &trained.parameters)
    return true
  }

  private func objective(_ run: SolverRun, rows: Int, key: UInt64) -> NetworkObjective {
    NetworkObjective(
      run, workspace, loss: canonical.loss, penalties: penalties, of: trained, rows: rows,
      isWeighted: !training.weights.isEmpty, key: key)
  }
}

extension SolverRun {
  /// Throws if the solver needs the residuals of single samples, but the outputs for a sample depend on other samples.
  func requireSeparateSamples(_ data: EncodedDataset, _ workspace: Workspace, loss: any Loss, network: Network) throws {
    guard solver.usesResiduals else { return }
    let rows = data.inputs.rows
    workspace.gather(
      Array(0..<rows)[...], inputs: data.inputs.values, targets: data.targets.values, weights: data.weights)
    let objective = NetworkObjective(
      self, workspace, loss: loss, penalties: [], of: network, rows: rows, isWeighted: false, key: 0)
    try objective.requireSeparateSamples(type(of: solver).name)
  }
}

import GliaKernels

/// The memory for the second gradient of an ascending optimizer, allocated once.
struct Ascent {
  /// The weights uphill.
  fileprivate var weights: [Float]
  /// The state of the layers before the first pass, from which the second starts, too; what becomes of it is not kept.
  var state: [Float]

  init(for network: Network, _ update: ParameterUpdate) {
    weights = [Float](repeating: 0, count: update.ascends ? network.parameters.count : 0)
    state = [Float](repeating: 0, count: update.ascends ? network.state.count : 0)
  }
}

extension Training {
  /// Replaces the gradient of the last pass by that of the same samples uphill, with the same random draws; throws if it is not
  /// finite. Everything else remains as the last pass left it.
  mutating func computeGradientUphill(rows: Int) throws {
    try update.ascend(update.seen(trained.parameters), gradient: workspace.gradient, to: &ascent.weights)
    try workspace.forward(
      rows: rows, parameters: ascent.weights, state: &ascent.state, isTraining: true, key: key)
    let loss = try workspace.loss(
      canonical.loss, rows: rows, weighted: !training.weights.isEmpty, needsGradient: true)
    guard loss.isFinite else {
      throw divergence("uphill, where the second gradient is computed, the loss is \(loss.spelled)")
    }
    try workspace.backward(rows: rows, parameters: ascent.weights, key: key)
    if update.perturbs { removePerturbation() }
    _ = workspace.addPenalties(penalties, of: ascent.weights)
    try checkGradient()
  }

  /// Penalties are of the weights themselves, not of noisy ones.
  private mutating func removePerturbation() {
    let seen = update.seen(trained.parameters)
    for i in ascent.weights.indices { ascent.weights[i] += trained.parameters[i] - seen[i] }
  }
}

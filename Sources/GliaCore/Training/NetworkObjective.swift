/// The objective of a step: the loss of the samples in a workspace plus penalties, as a function of the parameters.
///
/// Every evaluation starts from the same state of the layers and draws the same random numbers.
final class NetworkObjective {
  private let workspace: Workspace
  private let loss: any Loss
  private let penalties: [(tensor: PlacedTensor, regularizer: any Regularizer)]
  private let run: SolverRun
  private let rows: Int
  private let isWeighted: Bool
  private let key: UInt64
  private let state: [Float]
  /// All parameters, of which the frozen ones do not change.
  private var parameters: [Float]
  /// The state of the layers in an evaluation.
  private var scratch: [Float]

  init(
    _ run: SolverRun, _ workspace: Workspace, loss: any Loss,
    penalties: [(tensor: PlacedTensor, regularizer: any Regularizer)], of network: Network, rows: Int, isWeighted: Bool,
    key: UInt64
  ) {
    (self.run, self.workspace, self.loss, self.penalties) = (run, workspace, loss, penalties)
    (self.rows, self.isWeighted, self.key) = (rows, isWeighted, key)
    (parameters, state, scratch) = (network.parameters, network.state, network.state)
  }

  /// Returns value and, if needed, gradient at `vector`.
  func evaluate(_ vector: [Float], needsGradient: Bool) throws -> (value: Double, gradient: [Float]) {
    run.put(vector, into: &parameters)
    scratch = state
    try workspace.forward(rows: rows, parameters: parameters, state: &scratch, isTraining: true, key: key)
    let value = try value()
    guard needsGradient else { return (value, []) }
    _ = try workspace.loss(loss, rows: rows, weighted: isWeighted, needsGradient: true)
    try workspace.backward(rows: rows, parameters: parameters, key: key)
    _ = workspace.addPenalties(penalties, of: parameters)
    return (value, gradient)
  }

  /// Returns value and gradient at the current parameters, whose pass has just been made.
  func evaluateCurrent() throws -> (value: Double, gradient: [Float]) {
    // A pass changes the state of layers, from which evaluations start.
    guard state.isEmpty else { return try evaluate(run.vector(of: parameters), needsGradient: true) }
    return (try value(), gradient)
  }

  private var gradient: [Float] { run.ranges.flatMap { range in range.map { workspace.gradient[$0] } } }

  /// Returns the value for the outputs of the last pass.
  private func value() throws -> Double {
    var value = try workspace.preciseLoss(loss, rows: rows, weighted: isWeighted) + Double(workspace.report.penalty)
    for (tensor, regularizer) in penalties {
      value += Double(regularizer.penalty(parameters.span.extracting(tensor.range), shape: tensor.plan.shape))
    }
    return value
  }

  /// Calls `body` with every residual at `vector` and its derivatives: those of the samples with a weight, then those of the
  /// penalties.
  func linearize(at vector: [Float], _ body: (Double, Span<Float>) -> Void) throws {
    guard let loss = loss as? any LeastSquaresLoss else { return }
    run.put(vector, into: &parameters)
    let width = workspace.plan.outputCount
    let factor = loss.squaresFactor(outputs: width) / Double(max(rows, 1))
    let single = try workspace.forSingleSamples()
    var derivatives = [Float](repeating: 0, count: run.count)
    for row in 0..<rows {
      let weight = isWeighted ? max(Double(workspace.weight[row]), 0) : 1
      // A sample without weight is no data.
      guard weight > 0 else { continue }
      let scale = (factor * weight).squareRoot()
      single.takeSample(row, of: workspace)
      for column in 0..<width {
        scratch = state
        // A backward pass may overwrite what the forward pass saved.
        try single.forward(rows: 1, parameters: parameters, state: &scratch, isTraining: true, key: key)
        for other in 0..<width { single.dy[other] = other == column ? 1 : 0 }
        let residual = scale * (Double(single.y[column]) - Double(workspace.target[row * width + column]))
        try single.backward(rows: 1, parameters: parameters, key: key)
        var index = 0
        for range in run.ranges {
          for parameter in range {
            derivatives[index] = Float(scale) * single.gradient[parameter]
            index += 1
          }
        }
        body(residual, derivatives.span)
      }
    }
    linearizePenalties(&derivatives, vector, body)
  }

  private func linearizePenalties(
    _ derivatives: inout [Float], _ vector: [Float], _ body: (Double, Span<Float>) -> Void
  ) {
    for index in derivatives.indices { derivatives[index] = 0 }
    for (tensor, regularizer) in penalties {
      guard let strength = (regularizer as? any LeastSquaresRegularizer)?.strength, strength > 0 else { continue }
      let scale = strength.squareRoot()
      var first = 0
      for range in run.ranges {
        for parameter in range.clamped(to: tensor.range) {
          let index = first + parameter - range.lowerBound
          derivatives[index] = scale
          body(Double(scale) * Double(vector[index]), derivatives.span)
          derivatives[index] = 0
        }
        first += range.count
      }
    }
  }

  /// Throws if the outputs for a sample depend on the other samples of the batch, so that there are no residuals of one sample.
  func requireSeparateSamples(_ name: String) throws {
    scratch = state
    try workspace.forward(rows: rows, parameters: parameters, state: &scratch, isTraining: true, key: key)
    let width = workspace.plan.outputCount
    let single = try workspace.forSingleSamples()
    for row in stride(from: 0, to: rows, by: max(rows / 16, 1)) {
      single.takeSample(row, of: workspace)
      scratch = state
      try single.forward(rows: 1, parameters: parameters, state: &scratch, isTraining: true, key: key)
      for column in 0..<width {
        let (alone, together) = (single.y[column], workspace.y[row * width + column])
        guard (alone - together).magnitude > 1e-3 * max(together.magnitude, 0.01) else { continue }
        throw GliaError(
          "the output for a sample depends on the other samples of the batch, so \(name) cannot compute its derivatives",
          at: "network.layers", expected: "layers that process samples independently, unlike batch normalization",
          remedy: "remove such layers, or use lbfgs")
      }
    }
  }
}

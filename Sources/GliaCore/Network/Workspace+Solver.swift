extension Workspace {
  /// Returns the loss of the outputs as the mean of those of the samples, summed in double precision: near a minimum, the loss in
  /// single precision cannot tell whether a step decreases it.
  func preciseLoss(_ loss: any Loss, rows: Int, weighted: Bool) throws -> Double {
    var total = 0.0
    for row in 0..<rows {
      total += Double(
        loss.evaluate(
          TensorView(unsafe: y + row * plan.outputCount, rows: 1, columns: plan.outputCount, report),
          TensorView(unsafe: target + row * targetCount, rows: 1, columns: targetCount, report),
          weights: weighted ? TensorView(unsafe: weight + row, columns: 1, report) : nil, gradient: nil))
    }
    report.ascribe(to: loss)
    try report.check()
    return total / Double(max(rows, 1))
  }

  /// Returns memory for passes of one sample through the same layers.
  func forSingleSamples() throws -> Workspace {
    try Workspace(layers: layers, plan: plan, input: inputAxes, batch: 1, targets: targetCount, learns: true)
  }

  /// Copies the inputs of sample `row` of another batch.
  func takeSample(_ row: Int, of other: Workspace) {
    x.update(from: other.x + row * inputCount, count: inputCount)
  }
}

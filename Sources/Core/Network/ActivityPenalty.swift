// Penalties on what a layer puts out, which belong to whoever runs the layer.
extension ForwardContext {
  /// Adds the penalty on the layer's outputs `y` to that of the pass: the mean over the samples.
  func addActivityPenalty(of y: TensorView<Float>) {
    let plan = plan
    guard isTraining, let regularizer = plan.activityRegularizer else { return }
    let samples = y.reshaped(rows: batch)
    var total: Float = 0
    for row in 0..<batch { total += regularizer.penalty(samples.row(row).span, shape: plan.activityShape) }
    report.penalty += total / Float(batch)
  }
}

extension BackwardContext {
  /// Adds the gradient of that penalty to `dy`, before the layer goes backward.
  func addActivityGradient(to dy: MutableTensorView<Float>) {
    let plan = plan
    guard let regularizer = plan.activityRegularizer else { return }
    // A regularizer adds its gradient in full; for the mean over the batch, what is there grows by as much before.
    dy.assign(dy.view, times: Float(batch))
    let samples = y.reshaped(rows: batch)
    let slopes = dy.reshaped(rows: batch)
    for row in 0..<batch {
      var gradient = slopes.row(row).span
      regularizer.addGradient(of: samples.row(row).span, shape: plan.activityShape, to: &gradient)
    }
    dy.assign(dy.view, times: 1 / Float(batch))
  }
}

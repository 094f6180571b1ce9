// Penalties on a layer's outputs, which are applied by the code that runs the layer.
extension ForwardContext {
  /// Adds the penalty on the layer's outputs `y`, averaged over the samples, to that of the pass.
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
  /// Adds the gradient of that penalty to `dy`, before the layer's backward pass.
  func addActivityGradient(to dy: MutableTensorView<Float>) {
    let plan = plan
    guard let regularizer = plan.activityRegularizer else { return }
    // A regularizer adds its full gradient; scaling the existing gradient by the batch size first yields the mean over the
    // batch.
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

import GliaKernels

// Penalties on what a layer puts out, which belong to whoever runs the layer: a stack, or another container.
extension LayerPass {
  /// Adds the penalty on the layer's outputs `y` to that of the pass: the mean over the samples.
  public func addActivityPenalty(of y: Span<Float>) {
    guard let report, let regularizer = plan.activityRegularizer else { return }
    var total: Float = 0
    for row in 0..<batch {
      let sample = y.extracting(row * plan.outputCount..<(row + 1) * plan.outputCount)
      total += regularizer.penalty(sample, shape: plan.activityShape)
    }
    report.pointee.penalty += total / Float(batch)
  }

  /// Adds the gradient of that penalty to `dy`, before the layer goes backward.
  public func addActivityGradient(of y: Span<Float>, to dy: inout MutableSpan<Float>) {
    guard let regularizer = plan.activityRegularizer, let address = dy.address else { return }
    // A regularizer adds its gradient in full; for the mean over the batch, what is there grows by as much before.
    glia_scale(dy.count, Float(batch), address, address)
    for row in 0..<batch {
      let sample = row * plan.outputCount..<(row + 1) * plan.outputCount
      var gradient = MutableSpan(_unsafeStart: address + sample.lowerBound, count: plan.outputCount)
      regularizer.addGradient(of: y.extracting(sample), shape: plan.activityShape, to: &gradient)
    }
    glia_scale(dy.count, 1 / Float(batch), address, address)
  }
}

/// Runs a single layer on arrays, to test and measure it. Outputs are filled with NaN before a pass on arrays, so that values
/// that the layer does not write are noticed.
package struct LayerRunner {
  package let layer: any Layer
  package let plan: LayerPlan
  package var isTraining = true
  /// Whether stochastic layers draw random numbers although it is not training.
  package var isSampling = false
  package var key: UInt64 = 1
  package var needsInputGradient = true
  private let batch: Int
  private let inputShape: TensorLayout
  private let report = OwnedReport()
  private let x, y, dx, dy, parameters, gradients, state, saved: Numbers

  /// Creates a runner for batches of `batch` samples of the shape `input`.
  package init(_ layer: any Layer, input: [Int], batch: Int) throws {
    (self.layer, self.batch, inputShape) = (layer, batch, TensorLayout(input))
    plan = try layer.planned(input: input)
    let width = try input.elementCount()
    (x, dx) = (Numbers(batch * width), Numbers(batch * width))
    (y, dy) = (Numbers(batch * plan.outputCount), Numbers(batch * plan.outputCount))
    (parameters, gradients) = (Numbers(plan.parameterCount), Numbers(plan.parameterCount))
    (state, saved) = (Numbers(plan.stateCount), Numbers(plan.savedCount(batch: batch)))
  }

  /// Returns the outputs and the tensors saved for the backward pass; throws if the layer accesses something that it did not
  /// plan.
  package func forward(
    _ x: [Float], parameters: [Float], state: inout [Float]
  ) throws -> (y: [Float], saved: [Float]) {
    self.x.fill(x)
    self.parameters.fill(parameters)
    self.state.fill(state)
    y.fill([])
    saved.fill([])
    forward()
    state = self.state.values
    try report.value.check()
    return (y.values, saved.values)
  }

  /// Returns the gradients with respect to inputs and parameters; throws if the layer accesses something that it did not plan.
  package func backward(
    _ dy: [Float], x: [Float], y: [Float], parameters: [Float], saved: [Float]
  ) throws -> (x: [Float], parameters: [Float]) {
    self.dy.fill(dy)
    self.x.fill(x)
    self.y.fill(y)
    self.parameters.fill(parameters)
    self.saved.fill(saved)
    dx.fill([])
    gradients.fill([])
    backward()
    try report.value.check()
    return (dx.values, gradients.values)
  }

  /// Runs a forward pass on the numbers of the last one on arrays.
  package func forward() {
    let context = ForwardContext(
      plan.pass, batch: batch, isTraining: isTraining, isStochastic: isTraining || isSampling, key: key,
      parameters: parameters.start, state: state.start, saved: saved.start, report.value)
    layer.forward(
      TensorView(unsafe: x.start, shape: inputShape, batch: batch, report.value),
      into: MutableTensorView(unsafe: y.start, shape: plan.pass.pointee.outputShape, batch: batch, report.value),
      context)
    report.value.ascribe(to: layer)
  }

  /// Runs a backward pass on the numbers of the last one on arrays.
  package func backward() {
    let context = BackwardContext(
      plan.pass, batch: batch, isTraining: isTraining, needsInputGradient: needsInputGradient, key: key,
      x: TensorView(unsafe: x.start, shape: inputShape, batch: batch, report.value),
      y: TensorView(unsafe: y.start, shape: plan.pass.pointee.outputShape, batch: batch, report.value),
      parameters: parameters.start, gradients: gradients.start, saved: saved.start, report.value)
    layer.backward(
      MutableTensorView(unsafe: dy.start, shape: plan.pass.pointee.outputShape, batch: batch, report.value),
      into: MutableTensorView(unsafe: dx.start, shape: inputShape, batch: batch, report.value), context)
    report.value.ascribe(to: layer)
  }
}

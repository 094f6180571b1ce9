import GliaCore

/// A layer with memory of its own, for passes on arrays.
///
/// What a pass has to write holds NaN before, so that whatever was left out shows.
struct LayerRun {
  let layer: any Layer
  let plan: LayerPlan
  let input: [Int]
  let batch: Int
  var x: [Float]
  var parameters: [Float]
  var state: [Float]
  var isTraining = true
  var key: UInt64 = 1
  /// Whether the layer takes numbers that are not whole.
  let takesAnyNumber: Bool

  var width: Int { input.reduce(1, *) }

  /// Fresh parameters and state, moved a little from where they start; throws if the layer does not take `input`.
  init(_ layer: any Layer, input: [Int], batch: Int, x: [Float]? = nil) throws {
    (self.layer, self.input, self.batch) = (layer, input, batch)
    plan = try layer.plan(input: input)
    let memory = plan.memoryPerSample.multipliedReportingOverflow(by: batch)
    guard plan.memory >= 0, plan.memoryPerSample >= 0, !memory.overflow, plan.output.allSatisfy({ $0 > 0 }) else {
      throw GliaError("the plan has an axis or a size that is negative", expected: "positive axes, sizes of 0 or more")
    }
    let sizes = [plan.parameterCount, plan.stateCount, plan.memory, memory.partialValue, plan.outputCount]
    for size in sizes where size > 1 << 24 {
      throw GliaError(
        "the plan needs \(size) numbers for a batch of \(batch)", expected: "fewer than \(1 << 24) for a check")
    }
    var random = Random(seed: 21)
    let width = input.reduce(1, *)
    let points = random.points(batch * width, -2, 2)
    takesAnyNumber = (try? layer.check(Tensor(shape: [batch] + input, points))) != nil
    self.x = x ?? (takesAnyNumber ? points : points.map { $0 > 0 ? 1 : 0 })
    try layer.check(Tensor(shape: [batch] + input, self.x))
    parameters = plan.parameters.flatMap { parameter in
      let start =
        parameter.initializer?.filled(parameter.shape, fanIn: parameter.fanIn, fanOut: parameter.fanOut, seed: 22)
        .values
        ?? [Float](repeating: 0, count: parameter.shape.reduce(1, *))
      return start.map { $0 + random.point(-0.5, 0.5) }
    }
    state = plan.state.flatMap { state in
      (0..<state.shape.reduce(1, *)).map { _ in state.start + random.point(0, 0.5) }
    }
  }

  /// What a forward pass left behind.
  struct Outcome {
    var y: [Float]
    var state: [Float]
    var memory: [Float]
  }

  private var pass: LayerPass {
    LayerPass(batch: batch, isTraining: isTraining, plan: plan, key: key)
  }

  func forward() -> Outcome {
    var y = [Float](repeating: .nan, count: batch * plan.outputCount)
    var memory = [Float](repeating: .nan, count: plan.memory(batch: batch))
    var state = self.state
    var ySpan = y.mutableSpan
    var stateSpan = state.mutableSpan
    var memorySpan = memory.mutableSpan
    layer.forward(
      x.span, into: &ySpan, parameters: parameters.span, state: &stateSpan, memory: &memorySpan, pass: pass)
    return Outcome(y: y, state: state, memory: memory)
  }

  /// The gradients of Σ upstream · y.
  func backward(
    _ upstream: [Float], wantsInput: Bool = true
  ) -> (x: [Float], parameters: [Float]) {
    let outcome = forward()
    var (dy, memory) = (upstream, outcome.memory)
    var dx = [Float](repeating: .nan, count: wantsInput ? x.count : 0)
    var gradients = [Float](repeating: .nan, count: parameters.count)
    var dySpan = dy.mutableSpan
    var dxSpan = dx.mutableSpan
    var gradientSpan = gradients.mutableSpan
    var memorySpan = memory.mutableSpan
    layer.backward(
      &dySpan, into: &dxSpan, x: x.span, y: outcome.y.span, parameters: parameters.span, gradients: &gradientSpan,
      memory: &memorySpan, pass: pass)
    return (dx, gradients)
  }

  /// Σ upstream · y with one input moved.
  func projection(_ upstream: [Float], input index: Int, by distance: Double) -> Double {
    var moved = self
    moved.x = x.moving(index, by: distance)
    return moved.forward().y.dot(upstream)
  }

  /// Σ upstream · y with one parameter moved.
  func projection(_ upstream: [Float], parameter index: Int, by distance: Double) -> Double {
    var moved = self
    moved.parameters = parameters.moving(index, by: distance)
    return moved.forward().y.dot(upstream)
  }
}

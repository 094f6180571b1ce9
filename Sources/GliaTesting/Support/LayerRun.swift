import GliaCore

/// A layer with samples, parameters and state, for running passes on arrays.
struct LayerRun {
  let layer: any Layer
  let plan: LayerPlan
  let input: [Int]
  let batch: Int
  var x: [Float]
  var parameters: [Float]
  var state: [Float]
  var isTraining = true
  /// Whether stochastic layers draw random numbers although it is not training.
  var isSampling = false
  var key: UInt64 = 1
  /// Whether the layer accepts noninteger inputs.
  let takesAnyNumber: Bool

  var width: Int { input.reduce(1, *) }

  /// Creates slightly perturbed initial parameters and state; throws if the layer does not accept `input`.
  init(_ layer: any Layer, input: [Int], batch: Int, x: [Float]? = nil) throws {
    (self.layer, self.input, self.batch) = (layer, input, batch)
    plan = try layer.planned(input: input)
    guard plan.output.allSatisfy({ $0 > 0 }) else {
      throw GliaError("the plan's output is \(plan.output)", expected: "axes of at least 1")
    }
    let sizes = [plan.parameterCount, plan.stateCount, plan.savedCount(batch: batch), plan.outputCount]
    for size in sizes where size > 1 << 24 {
      throw GliaError(
        "the plan needs \(size) values for a batch of \(batch)", expected: "fewer than \(1 << 24) for a check")
    }
    var random = Random(seed: 21)
    let width = input.reduce(1, *)
    let points = random.points(batch * width, -2, 2)
    takesAnyNumber = (try? layer.checkInputs(Tensor(shape: [batch] + input, points))) != nil
    self.x = x ?? (takesAnyNumber ? points : points.map { $0 > 0 ? 1 : 0 })
    try layer.checkInputs(Tensor(shape: [batch] + input, self.x))
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
    try checkReach()
  }

  /// The results of a forward pass.
  struct Outcome {
    var y: [Float]
    var state: [Float]
    var saved: [Float]
  }

  private func runner(needsInputGradient: Bool = true) -> LayerRunner? {
    guard var runner = try? LayerRunner(layer, input: input, batch: batch) else { return nil }
    (runner.isTraining, runner.key, runner.needsInputGradient) = (isTraining, key, needsInputGradient)
    runner.isSampling = isSampling
    return runner
  }

  /// Runs one pass of each kind; throws if the layer accesses a tensor that is not in its plan.
  private func checkReach() throws {
    for isTraining in [true, false] {
      var runner = try LayerRunner(layer, input: input, batch: batch)
      runner.isTraining = isTraining
      var state = state
      let (y, saved) = try runner.forward(x, parameters: parameters, state: &state)
      for needsInputGradient in [true, false] {
        runner.needsInputGradient = needsInputGradient
        _ = try runner.backward(y, x: x, y: y, parameters: parameters, saved: saved)
      }
    }
  }

  func forward() -> Outcome {
    var state = state
    let pass = try? runner()?.forward(x, parameters: parameters, state: &state)
    return Outcome(
      y: pass?.y ?? [Float](repeating: .nan, count: batch * plan.outputCount), state: state, saved: pass?.saved ?? [])
  }

  /// The gradients of Σ upstream · y.
  func backward(_ upstream: [Float], wantsInput: Bool = true) -> (x: [Float], parameters: [Float]) {
    let outcome = forward()
    let gradients = try? runner(needsInputGradient: wantsInput)?.backward(
      upstream, x: x, y: outcome.y, parameters: parameters, saved: outcome.saved)
    return gradients ?? (x.map { _ in .nan }, parameters.map { _ in .nan })
  }

  /// Σ upstream · y with one input shifted.
  func projection(_ upstream: [Float], input index: Int, by distance: Double) -> Double {
    var moved = self
    moved.x = x.moving(index, by: distance)
    return moved.forward().y.dot(upstream)
  }

  /// Σ upstream · y with one parameter shifted.
  func projection(_ upstream: [Float], parameter index: Int, by distance: Double) -> Double {
    var moved = self
    moved.parameters = parameters.moving(index, by: distance)
    return moved.forward().y.dot(upstream)
  }
}

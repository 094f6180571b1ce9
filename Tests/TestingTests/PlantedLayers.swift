import GliaCore

/// y = w x with a weight an input, and a fault of the caller's choice.
struct FaultyScale: Layer {
  static let name = "faulty_scale"
  var fault = ""
  init() {}
  init(_ fault: String) { self.fault = fault }

  func plan(input: [Int]) throws -> LayerPlan {
    let count = try input.elementCount()
    return try LayerPlan(
      output: input, parameters: [ParameterPlan("weight", shape: [count])],
      state: [StatePlan(fault == "name" ? "weight" : "passes", shape: [1])],
      memoryPerSample: fault == "size" ? -1 : 0)
  }

  func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>, state: inout MutableSpan<Float>,
    memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    if pass.isTraining || fault == "remembers" { state[0] += 1 }
    let shift: Float = fault == "random" ? .random(in: 0...1) : fault == "mixes" ? x[0] : 0
    for i in x.indices where fault != "unwritten" || i > 0 { y[i] = parameters[i % parameters.count] * x[i] + shift }
  }

  func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let count = parameters.count
    if fault != "adds" { gradients.update(repeating: 0) }
    for i in dy.indices {
      let isOne = i % count == 1
      gradients[i % count] += dy[i] * x[i] * (fault == "1 % of one weight" && isOne ? 1.01 : 1)
      if !dx.isEmpty { dx[i] = dy[i] * parameters[i % count] * (fault == "doubled input gradient" ? 2 : 1) }
    }
  }
}

/// Dropout that divides by what it keeps twice, or not at all.
struct FaultyDropout: Layer {
  static let name = "faulty_dropout"
  var power = 2
  init() {}
  init(power: Int) { self.power = power }
  func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: input, memoryPerSample: input.elementCount()) }
  func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>, state: inout MutableSpan<Float>,
    memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    var random = pass.random
    let scale: Float = [1, 2, 4][min(max(power, 0), 2)]
    for i in x.indices {
      memory[i] = pass.isTraining ? (random.uniform(0, 1) < 0.5 ? 0 : scale) : 1
      y[i] = x[i] * memory[i]
    }
  }
  func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    for i in dx.indices { dx[i] = dy[i] * memory[i] }
  }
}

/// Batch normalization without parameters, whose gradient leaves the batch's variance out where it is told to.
struct FaultyBatchNorm: Layer {
  static let name = "faulty_batch_norm"
  var missesVariance = false
  init() {}
  init(missesVariance: Bool) { self.missesVariance = missesVariance }
  func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: input) }

  private func statistics(_ x: Span<Float>, _ feature: Int, _ width: Int) -> (mean: Float, deviation: Float) {
    let column = stride(from: feature, to: x.count, by: width)
    let count = Float(x.count / width)
    let mean = column.reduce(Float(0)) { $0 + x[$1] } / count
    return (mean, (column.reduce(Float(0)) { $0 + (x[$1] - mean) * (x[$1] - mean) } / count + 0.001).squareRoot())
  }

  func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>, state: inout MutableSpan<Float>,
    memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let width = pass.plan.output.last ?? 1
    for i in x.indices {
      let (mean, deviation) = pass.isTraining ? statistics(x, i % width, width) : (0, 1)
      y[i] = (x[i] - mean) / deviation
    }
  }

  func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let width = pass.plan.output.last ?? 1
    let count = Float(x.count / width)
    for i in dx.indices {
      dx[i] = dy[i]
      guard pass.isTraining else { continue }
      var (sum, product): (Float, Float) = (0, 0)
      for k in stride(from: i % width, to: x.count, by: width) {
        sum += dy[k] / count
        product += dy[k] * y[k] / count
      }
      dx[i] = (dy[i] - sum - (missesVariance ? 0 : y[i] * product)) / statistics(x, i % width, width).deviation
    }
  }
}

/// y = x + tanh x, whose gradient forgets the way around tanh where it is told to.
struct FaultyResidual: Layer {
  static let name = "faulty_residual"
  var forgets = false
  init() {}
  init(forgets: Bool) { self.forgets = forgets }
  func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: input) }
  func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>, state: inout MutableSpan<Float>,
    memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    for i in x.indices { y[i] = x[i] + .tanh(x[i]) }
  }
  func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    for i in dx.indices { dx[i] = dy[i] * ((forgets ? 0 : 1) + 1 - .tanh(x[i]) * .tanh(x[i])) }
  }
}

import GliaCore

/// y = w x with one weight per input and a given fault.
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
      saved: fault == "size" ? [SavedPlan("factor", perSample: [-1])] : [])
  }

  func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    if context.isTraining || fault == "remembers" { context.state[fault == "name" ? "weight" : "passes"][0] += 1 }
    let shift: Float = fault == "random" ? .random(in: 0...1) : fault == "mixes" ? x[0] : 0
    let weight = context.parameters["weight"]
    for i in x.indices where fault != "unwritten" || i > 0 { y[i] = weight[i % weight.count] * x[i] + shift }
    if fault == "outside" { y[x.count] = 0 }
  }

  func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    let weight = context.parameters["weight"]
    let gradient = context.gradients["weight"]
    if fault != "adds" { gradient.fill(0) }
    for i in dy.indices {
      let place = i % weight.count
      gradient[place] += dy[i] * context.x[i] * (fault == "1 % of one weight" && place == 1 ? 1.01 : 1)
      dx[i] = dy[i] * weight[place] * (fault == "doubled input gradient" ? 2 : 1)
    }
    if fault == "unplanned gradient" { context.gradients["bias"].fill(0) }
  }
}

/// Dropout that divides by the keep rate twice, not at all, or as it should, but then is not random in sampling.
struct FaultyDropout: Layer {
  static let name = "faulty_dropout"
  var power = 2
  init() {}
  init(power: Int) { self.power = power }
  var isStochastic: Bool { power == 3 }
  func plan(input: [Int]) throws -> LayerPlan {
    try LayerPlan(output: input, saved: [SavedPlan("factor", perSample: input)])
  }
  func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    var random = context.random
    let scale: Float = [1, 2, 4, 2][min(max(power, 0), 3)]
    let factor = context.saved["factor"]
    for i in x.indices {
      factor[i] = context.isTraining ? (random.uniform(0, 1) < 0.5 ? 0 : scale) : 1
      y[i] = x[i] * factor[i]
    }
  }
  func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    dx.assign(dy.view, context.saved["factor"].view) { dy, factor in dy * factor }
  }
}

/// Batch normalization without parameters, whose gradient optionally ignores the batch variance.
struct FaultyBatchNorm: Layer {
  static let name = "faulty_batch_norm"
  var missesVariance = false
  init() {}
  init(missesVariance: Bool) { self.missesVariance = missesVariance }
  func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: input) }

  private func statistics(_ x: TensorView<Float>, _ feature: Int) -> (mean: Float, deviation: Float) {
    var (mean, variance): (Float, Float) = (0, 0)
    for row in 0..<x.rows { mean += x[row, feature] / Float(x.rows) }
    for row in 0..<x.rows { variance += (x[row, feature] - mean) * (x[row, feature] - mean) / Float(x.rows) }
    return (mean, (variance + 0.001).squareRoot())
  }

  func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    for feature in 0..<x.columns {
      let (mean, deviation) = context.isTraining ? statistics(x, feature) : (0, 1)
      for row in 0..<x.rows { y[row, feature] = (x[row, feature] - mean) / deviation }
    }
  }

  func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    guard context.isTraining else { return dx.copy(dy.view) }
    let y = context.y
    for feature in 0..<y.columns {
      var (sum, product): (Float, Float) = (0, 0)
      for row in 0..<y.rows {
        sum += dy[row, feature] / Float(y.rows)
        product += dy[row, feature] * y[row, feature] / Float(y.rows)
      }
      let deviation = statistics(context.x, feature).deviation
      for row in 0..<y.rows {
        dx[row, feature] = (dy[row, feature] - sum - (missesVariance ? 0 : y[row, feature] * product)) / deviation
      }
    }
  }
}

/// y = x + tanh x, whose gradient optionally ignores the skip connection.
struct FaultyResidual: Layer {
  static let name = "faulty_residual"
  var forgets = false
  init() {}
  init(forgets: Bool) { self.forgets = forgets }
  func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: input) }
  func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    y.assign(x) { x in x + .tanh(x) }
  }
  func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    dx.assign(dy.view, context.x) { dy, x in dy * ((forgets ? 0 : 1) + 1 - .tanh(x) * .tanh(x)) }
  }
}

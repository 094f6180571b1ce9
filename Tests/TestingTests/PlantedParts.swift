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
    if !pass.accumulates && fault != "adds" || fault == "writes" { gradients.update(repeating: 0) }
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

/// Adam under its own name, with a fault of the caller's choice.
struct FaultyAdam: Optimizer {
  static let name = "adam"
  var learningRate: Float = 0.001
  var beta1: Float = 0.9
  var beta2: Float = 0.999
  var epsilon: Float = 1e-8
  func stateCount(parameters: Int) -> Int { 2 * parameters }
  func update(
    _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, state: inout MutableSpan<Float>, step: OptimizerStep
  ) {
    let n = gradient.count
    // The power is one too low: as if steps were counted from 0.
    let power = max(Float(step.number) - 1, 0.5)
    for i in gradient.indices {
      state[i] = beta1 * state[i] + (1 - beta1) * gradient[i]
      state[n + i] = beta2 * state[n + i] + (1 - beta2) * gradient[i] * gradient[i]
      let mean = state[i] / (1 - Float.pow(beta1, power))
      let square = state[n + i] / (1 - Float.pow(beta2, power))
      parameters[i] -= step.learningRate * mean / (square.squareRoot() + epsilon)
    }
  }
}

struct FaultySGD: Optimizer {
  static let name = "faulty_sgd"
  var learningRate: Float = 0.1
  var fault = ""
  init() {}
  init(_ fault: String) { self.fault = fault }
  func stateCount(parameters: Int) -> Int { fault == "size" ? -1 : 0 }
  func update(
    _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, state: inout MutableSpan<Float>, step: OptimizerStep
  ) {
    var norm: Float = 0
    for i in gradient.indices { norm += gradient[i] * gradient[i] }
    for i in gradient.indices {
      switch fault {
      case "rises": parameters[i] += step.learningRate * gradient[i]
      case "own rate": parameters[i] -= learningRate * gradient[i]
      case "whole norm": parameters[i] -= step.learningRate * gradient[i] / (1 + norm.squareRoot())
      case "0 / 0": parameters[i] -= step.learningRate * gradient[i] / norm.squareRoot()
      case "slow": parameters[i] -= 1e-5 * step.learningRate * gradient[i]
      default: parameters[i] -= step.learningRate * gradient[i]
      }
    }
  }
}

struct OwnGenerator: Initializer {
  static let name = "own_generator"
  func fill(_ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random) {
    var own = Random(seed: 0)
    for i in values.indices { values[i] = own.uniform(-1, 1) }
  }
}

/// Glorot's name with fan-in alone.
struct WrongFan: Initializer {
  static let name = "glorot_normal"
  func fill(_ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random) {
    for i in values.indices { values[i] = Float(random.normal()) * (1 / Float(fanIn)).squareRoot() }
  }
}

struct Negative: Schedule {
  static let name = "negative"
  var per = SchedulePeriod.step
  func rate(base: Double, at count: Int) -> Double { base * (1 - Double(count) / 100) }
}

struct WrongWay: Metric {
  static let name = "wrong_way"
  var higherIsBetter: Bool { true }
  func check(_ encoding: TargetEncoding) throws { if encoding == .index { throw GliaError("indices") } }
  func value(_ predictions: Span<Float>, _ targets: Span<Float>, rows: Int, encoding: TargetEncoding) -> Double {
    var total = 0.0
    for i in predictions.indices { total += Double((predictions[i] - targets[i]).magnitude) }
    return total
  }
}

struct Leak: Split {
  static let name = "leak"
  var first = 10
  init() {}
  init(first: Int) { self.first = first }
  func parts(of data: Dataset) -> SplitParts { SplitParts(training: Array(0..<40), test: Array(first..<50)) }
}

struct Unseeded: DataSource {
  static let name = "unseeded"
  var samples = 10
  func load() throws -> Dataset {
    try Dataset(
      inputs: Tensor(shape: [10, 1], (0..<10).map { _ in .random(in: 0...1) }),
      targets: [Column("y", [Float](repeating: 0, count: 10))])
  }
}

/// A setting that is not among the coding keys.
struct LostSetting: ElementwiseActivation {
  static let name = "lost_setting"
  var beta: Float = 1
  private enum CodingKeys: CodingKey {}
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z * T(beta) }
}

/// A setting that is written but not read.
struct UnreadSetting: ElementwiseActivation {
  static let name = "unread_setting"
  var beta: Float = 1
  init() {}
  init(from decoder: any Decoder) throws { self.init() }
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z * T(beta) }
}

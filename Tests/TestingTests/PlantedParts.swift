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
      case "tensor norm":
        let tensor = step.tensors.first { $0.contains(i) } ?? 0..<gradient.count
        let largest = tensor.reduce(Float(0)) { max($0, gradient[$1].magnitude) }
        parameters[i] -= step.learningRate * gradient[i] / (1 + largest)
      case "slow": parameters[i] -= 1e-5 * step.learningRate * gradient[i]
      default: parameters[i] -= step.learningRate * gradient[i]
      }
    }
  }
}

/// Keeps its momentum of the first parameter outside of the state.
final class OwnMemory: Optimizer, @unchecked Sendable {
  static let name = "own_memory"
  var learningRate: Float = 0.1
  private var momentum: Float = 0
  private enum CodingKeys: CodingKey { case learningRate }
  required init() {}
  func update(
    _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, state: inout MutableSpan<Float>, step: OptimizerStep
  ) {
    momentum = 0.5 * momentum + gradient[0]
    for i in gradient.indices { parameters[i] -= step.learningRate * (i == 0 ? momentum : gradient[i]) }
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

/// A name of the field with fan-in and fan-out exchanged, in what it claims too.
struct SwappedFans: Initializer {
  static let name = "lecun_normal"
  func fill(_ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random) {
    for i in values.indices { values[i] = Float(random.normal()) / Float(fanOut).squareRoot() }
  }
  func moments(fanIn: Int, fanOut: Int) -> Moments? { Moments(variance: 1 / Double(fanOut)) }
}

/// Claims what it does not do: uniform numbers up to 1, which lack a factor 1 / √3, or have a mean of ½.
struct FalseClaim: Initializer {
  static let name = "false_claim"
  var low: Float = -1
  init() {}
  init(low: Float) { self.low = low }
  func fill(_ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random) {
    for i in values.indices { values[i] = random.uniform(low, 1) }
  }
  func moments(fanIn: Int, fanOut: Int) -> Moments? { Moments(variance: low == -1 ? 1 : 1.0 / 12) }
}

/// |w| with a gradient of 1 at 0, or |w| / |w| there.
struct KinkedAtZero: Regularizer {
  static let name = "kinked_at_zero"
  var divides = false
  init() {}
  init(divides: Bool) { self.divides = divides }
  func penalty(_ weight: Span<Float>, shape: [Int]) -> Float {
    var total: Float = 0
    for i in weight.indices { total += weight[i].magnitude }
    return total
  }
  func addGradient(of weight: Span<Float>, shape: [Int], to gradient: inout MutableSpan<Float>) {
    for i in weight.indices { gradient[i] += divides ? weight[i] / weight[i].magnitude : weight[i] >= 0 ? 1 : -1 }
  }
}

/// Overflows long after its end, or after many epochs without progress.
struct Overflowing: Schedule {
  static let name = "overflowing"
  var per = SchedulePeriod.step
  var followsEpochs = false
  private var factor = 1.0
  private enum CodingKeys: CodingKey { case per, followsEpochs }
  init() {}
  init(followsEpochs: Bool) { self.followsEpochs = followsEpochs }
  func rate(base: Double, at count: Int) -> Double {
    followsEpochs ? base * factor : count == .max ? .infinity : base
  }
  mutating func epochEnded(_ epoch: Epoch) { factor *= 10 }
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

/// A metric of the caller's choice of fault.
struct FaultyMetric: Metric {
  static let name = "faulty_metric"
  var fault = ""
  var higherIsBetter: Bool { fault == "direction" }
  init() {}
  init(_ fault: String) { self.fault = fault }
  func check(_ encoding: TargetEncoding) throws {
    guard encoding == .values, fault != "refuses" else { throw GliaError("no numbers") }
  }
  func value(_ predictions: Span<Float>, _ targets: Span<Float>, rows: Int, encoding: TargetEncoding) -> Double {
    var total = 0.0
    for i in predictions.indices {
      let distance = predictions[i] - targets[i]
      let weight = fault == "order" ? Float(i) : 1
      total += fault == "overflows" ? Double(distance * distance) : Double(weight * distance.magnitude)
    }
    return fault == "constant" ? 1 : fault == "sample" ? total / Double(rows - 1) : total / Double(rows)
  }
}

/// A callback that does what it may not.
struct FaultyCallback: Callback {
  static let name = "faulty_callback"
  var fault = ""
  private var seen = 0
  private enum CodingKeys: CodingKey { case fault }
  init() {}
  init(_ fault: String) { self.fault = fault }
  var files: [String] { fault == "silent" ? ["promised.txt"] : [] }
  func check(columns: [String]) throws { if fault == "refuses" { throw GliaError("no") } }
  mutating func epochEnded(_ epoch: Epoch, control: inout TrainingControl) throws {
    if fault == "throws" { throw GliaError("no") }
    if fault == "forgets", control.isReplay { return }
    seen += 1
    if seen == 3 { control.stop(.target) }
    if fault == "rewrites", control.isReplay { try AtomicFile.write("", to: control.path("again.txt")) }
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

/// A cross-entropy of scores with class weights, and a fault of the caller's choice.
struct FaultyClassWeights: ElementwiseLoss {
  static let name = "faulty_class_weights"
  var classWeights: [Float]? = nil
  var fault = ""
  init() {}
  init(_ fault: String, _ classWeights: [Float]?) { (self.fault, self.classWeights) = (fault, classWeights) }
  var targetEncoding: TargetEncoding { .binary(negative: 0, positive: 1) }
  func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let weight: T = classWeights.map { T($0[target > 0.5 ? 1 : 0]) } ?? 1
    return (fault == "twice" ? weight * weight : weight) * (.softplus(prediction) - target * prediction)
  }
  func fromLogits(of link: Link) -> (any Loss)? {
    let handedOn = fault == "forgotten" ? nil : classWeights
    return link == .identity ? FaultyClassWeights(fault, handedOn) : nil
  }
}

/// A hinge loss for labels ±1 that takes any label, swallows NaN, and is a perceptron's.
struct FaultyHinge: ElementwiseLoss {
  static let name = "faulty_hinge"
  var targetEncoding: TargetEncoding { .binary(negative: -1, positive: 1) }
  func check(targets: Span<Float>, rows: Int, classes: Int) {}
  func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    target * prediction < 1 ? 1 - target * prediction : 0
  }
}

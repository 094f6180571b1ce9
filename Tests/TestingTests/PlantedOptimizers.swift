import GliaCore

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

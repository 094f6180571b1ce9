import GliaCore
import GliaTesting

/// Adam under a different name, with a given fault.
struct FaultyAdam: Optimizer {
  static let name = "adam"
  var learningRate: Float = 0.001
  var beta1: Float = 0.9
  var beta2: Float = 0.999
  var epsilon: Float = 1e-8
  func state(for shape: [Int]) -> [StatePlan] {
    [StatePlan("mean", shape: shape), StatePlan("variance", shape: shape)]
  }
  func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    // The power is one too low, as if steps were counted from 0.
    let power = max(Float(context.number) - 1, 0.5)
    let (c1, c2) = (1 - Float.pow(beta1, power), 1 - Float.pow(beta2, power))
    let mean = context.state["mean"]
    let variance = context.state["variance"]
    mean.update(gradient.view) { mean, g in mean = beta1 * mean + (1 - beta1) * g }
    variance.update(gradient.view) { variance, g in variance = beta2 * variance + (1 - beta2) * g * g }
    gradient.assign(mean.view, variance.view) { mean, variance in
      context.learningRate * (mean / c1) / ((variance / c2).squareRoot() + epsilon)
    }
  }
}

struct FaultySGD: Optimizer {
  static let name = "faulty_sgd"
  var learningRate: Float = 0.1
  var fault = ""
  init() {}
  init(_ fault: String) { self.fault = fault }
  func state(for shape: [Int]) -> [StatePlan] { fault == "size" ? [StatePlan("unused", shape: [-1])] : [] }
  func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    var norm: Float = 0
    for i in gradient.indices { norm += gradient[i] * gradient[i] }
    for i in gradient.indices {
      switch fault {
      case "rises": gradient[i] *= -context.learningRate
      case "own rate": gradient[i] *= learningRate
      case "0 / 0": gradient[i] *= context.learningRate / norm.squareRoot()
      case "slow": gradient[i] *= 1e-5 * context.learningRate
      default: gradient[i] *= context.learningRate
      }
    }
  }
}

/// An optimizer that keeps the momentum of the first parameter outside of its state.
final class OwnMemory: Optimizer, @unchecked Sendable {
  static let name = "own_memory"
  var learningRate: Float = 0.1
  private var momentum: Float = 0
  private enum CodingKeys: CodingKey { case learningRate }
  required init() {}
  func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    momentum = 0.5 * momentum + gradient[0]
    gradient[0] = momentum
    gradient.assign(gradient.view, times: context.learningRate)
  }
}

struct OwnGenerator: Initializer {
  static let name = "own_generator"
  func fill(_ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random) {
    var own = Random(seed: 0)
    for i in values.indices { values[i] = own.uniform(-1, 1) }
  }
}

/// An initializer that claims Glorot's variance but uses only the fan-in.
struct WrongFan: Initializer, DistributionClaim {
  static let name = "glorot_normal"
  func fill(_ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random) {
    for i in values.indices { values[i] = Float(random.normal()) * (1 / Float(fanIn)).squareRoot() }
  }
  func distribution(fanIn: Double, fanOut: Double) -> Distribution? { Distribution(variance: 2 / (fanIn + fanOut)) }
}

/// An initializer with fan-in and fan-out swapped.
struct SwappedFans: Initializer, DistributionClaim {
  static let name = "lecun_normal"
  func fill(_ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random) {
    for i in values.indices { values[i] = Float(random.normal()) / Float(fanOut).squareRoot() }
  }
  func distribution(fanIn: Double, fanOut: Double) -> Distribution? { Distribution(variance: 1 / fanIn) }
}

/// An initializer with a wrong claim: uniform numbers up to 1, without a factor of 1 / √3 or with a mean of ½.
struct FalseClaim: Initializer, DistributionClaim {
  static let name = "false_claim"
  var low: Float = -1
  init() {}
  init(low: Float) { self.low = low }
  func fill(_ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random) {
    for i in values.indices { values[i] = random.uniform(low, 1) }
  }
  func distribution(fanIn: Double, fanOut: Double) -> Distribution? { Distribution(variance: low == -1 ? 1 : 1.0 / 12) }
}

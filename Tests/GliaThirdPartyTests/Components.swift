import Glia

// A stranger's own component of each protocol, built on what is public.

struct Bump: ElementwiseActivation {
  static let name = "bump"
  static let aliases = ["hill"]
  static let summary = "e^(-sharpness z²)"
  var sharpness: Float = 1
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { .exp(-T(sharpness) * z * z) }
}

extension Activation where Self == Bump {
  static var bump: Bump { Bump() }
}

struct Cauchy: ElementwiseLoss {
  static let name = "cauchy"
  var scale: Float = 1
  func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let distance = (prediction - target) / T(scale)
    return .log(onePlus: distance * distance)
  }
}

struct Alternating: Initializer {
  static let name = "alternating"
  var size: Float = 0.5
  func fill(_ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random) {
    for i in values.indices { values[i] = (i % 2 == 0 ? size : -size) + random.uniform(-0.1, 0.1) }
  }
}

struct SignDescent: Optimizer {
  static let name = "sign_descent"
  var learningRate: Float = 0.01
  var shrink: Float = 0.999
  func state(for shape: [Int]) -> [StatePlan] { [StatePlan("factor", shape: [1], start: 1)] }
  func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    let factor = context.state["factor"]
    gradient.assign(gradient.view) { g in context.learningRate * factor[0] * (g > 0 ? 1 : g < 0 ? -1 : 0) }
    factor[0] *= shrink
  }
}

/// Keeps a running sum of gradients and takes its sign.
struct SignOfSum: GradientTransform {
  static let name = "sign_of_sum"
  var keep: Float = 0.5
  func state(for count: Int) -> [StatePlan] { [StatePlan("sum", shape: [count])] }
  func apply(_ gradient: MutableTensorView<Float>, weights: TensorView<Float>, _ context: UpdateContext) {
    let sum = context.state["sum"]
    sum.update(gradient.view) { sum, gradient in sum = keep * sum + gradient }
    gradient.assign(sum.view) { sum in sum > 0 ? 1 : sum < 0 ? -1 : 0 }
  }
}

struct Box: Constraint {
  static let name = "box"
  var size: Float = 1
  func project(_ weight: inout MutableSpan<Float>, shape: [Int]) {
    for i in weight.indices { weight[i] = min(max(weight[i], -size), size) }
  }
}

struct Flip: Augmentation {
  static let name = "flip"
  var probability: Float = 0.5
  func apply(
    inputs: inout MutableSpan<Float>, targets: inout MutableSpan<Float>, rows: Int, using random: inout Random
  ) {
    let width = inputs.count / rows
    for row in 0..<rows where random.uniform(0, 1) < probability {
      for i in row * width..<(row + 1) * width { inputs[i] = -inputs[i] }
    }
  }
}

struct Quartic: Regularizer {
  static let name = "quartic"
  var strength: Float = 0.001
  func penalty(_ weight: Span<Float>, shape: [Int]) -> Float {
    var total: Float = 0
    for i in weight.indices { total += weight[i] * weight[i] * weight[i] * weight[i] }
    return strength * total
  }
  func addGradient(of weight: Span<Float>, shape: [Int], to gradient: inout MutableSpan<Float>) {
    for i in weight.indices { gradient[i] += 4 * strength * weight[i] * weight[i] * weight[i] }
  }
}

/// y = scale · x with one learned scale per input.
struct Scale: Layer {
  static let name = "scale"
  @Part var initializer: any Initializer = Alternating()
  func plan(input: [Int]) throws -> LayerPlan {
    try LayerPlan(output: input, parameters: [ParameterPlan("scale", shape: input, initializer: initializer)])
  }
  func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    let scale = context.parameters["scale"].reshaped(rows: 1)
    for row in 0..<context.batch {
      y.reshaped(rows: context.batch).row(row).assign(x.reshaped(rows: context.batch).row(row), scale) { $0 * $1 }
    }
  }
  func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    let scale = context.parameters["scale"].reshaped(rows: 1)
    let slope = context.gradients["scale"].reshaped(rows: 1)
    slope.fill(0)
    for row in 0..<context.batch {
      let dy = dy.view.reshaped(rows: context.batch).row(row)
      slope.update(dy, context.x.reshaped(rows: context.batch).row(row)) { slope, dy, x in slope += dy * x }
      dx.reshaped(rows: context.batch).row(row).assign(dy, scale) { $0 * $1 }
    }
  }
}

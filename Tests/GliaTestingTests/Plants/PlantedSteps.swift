import GliaCore

/// Momentum with a given fault.
struct PlantedOptimizer: Optimizer {
  static let name = "planted_optimizer"
  var learningRate: Float = 0.05
  var momentum: Float = 0.5
  var fault = ""
  init() {}
  init(_ fault: String) { self.fault = fault }
  func state(for shape: [Int]) -> [StatePlan] {
    [StatePlan("velocity", shape: fault == "too much state" ? [.max, 4] : shape)]
  }

  func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    var norm: Float = 0
    for i in gradient.indices { norm += gradient[i] * gradient[i] }
    let rate = context.learningRate
    let velocity = context.state["velocity"]
    for i in gradient.indices {
      let skips = fault == "last forgotten" && i == gradient.count - 1 || fault == "one of five forgotten" && i % 5 == 4
      let place = fault == "one velocity" ? 0 : i
      if !skips { velocity[place] = (fault == "setting" ? 0.5 : momentum) * velocity[place] + gradient[i] }
      let move = rate * velocity[fault == "neighbor's velocity" ? (i + 1) % gradient.count : place]
      switch fault {
      case _ where skips: gradient[i] = 0
      case "uphill": gradient[i] = -move
      case "nothing": gradient[i] = 0
      case "own rate": gradient[i] = learningRate * velocity[place]
      case "rate squared": gradient[i] = move * rate
      case "rate's root": gradient[i] = velocity[place] * rate.squareRoot() * 0.1
      case "remembers": gradient[i] = move * (1 + 1e-3 * Calls.next().truncatingRemainder(dividingBy: 7))
      case "drifts": gradient[i] = move + 1e-4
      case "jitters": gradient[i] = move + .random(in: -1e-4...1e-4)
      case "explodes": gradient[i] = context.number > 100 ? -move : move
      case "tires": gradient[i] = move / Float(context.number * context.number)
      case "nan": gradient[i] = gradient[i] == 0 ? 0 : move * (norm / norm)
      case "decays": gradient[i] = move + 0.01 * weight[i]
      default: gradient[i] = move
      }
    }
    if fault == "reaches" { context.state["mean"].fill(0) }
  }

  func update(_ weight: MutableTensorView<Float>, _ gradient: MutableTensorView<Float>, _ context: UpdateContext) {
    step(gradient, of: weight.view, context)
    weight.update(gradient.view) { weight, step in weight -= fault == "another step" ? 1.01 * step : step }
  }
}

/// Clipping by value, or the mean of four batches, with a given fault.
struct PlantedTransform: GradientTransform, GradientAccumulator, WeightTransform {
  static let name = "planted_transform"
  var fault = ""
  var limit: Float = 0.5
  init() {}
  init(_ fault: String) { self.fault = fault }

  func state(for count: Int) -> [StatePlan] {
    [StatePlan("sum", shape: fault == "too much state" ? [.max, 4] : [count]), StatePlan("batches", shape: [1])]
  }

  func apply(_ gradient: MutableTensorView<Float>, weights: TensorView<Float>, _ context: UpdateContext) {
    let sum = context.state["sum"]
    let batches = context.state["batches"]
    batches[0] += 1
    for i in gradient.indices {
      let g = gradient[i]
      let limit = fault == "setting" ? 0.5 : limit
      let clipped = min(max(g, -limit), limit)
      switch fault {
      case "grows": gradient[i] = clipped * 10
      case "turns": gradient[i] = g < -limit ? limit : clipped
      case "zero": gradient[i] = 0
      case "sums", "means":
        sum[i] += g
        gradient[i] = fault == "sums" ? sum[i] : min(max(sum[i] / 4, -limit), limit)
        if batches[0] == 4 { sum[i] = 0 }
      case "remembers": gradient[i] = clipped * (1 + 1e-3 * Calls.next().truncatingRemainder(dividingBy: 7))
      case "nan": gradient[i] = clipped / g * g
      default: gradient[i] = clipped
      }
    }
    if fault == "reaches" { gradient[gradient.count] = 0 }
  }

  func accumulate(_ gradient: MutableTensorView<Float>, _ context: UpdateContext) -> Bool {
    guard fault == "sums" || fault == "means" else { return true }
    let batches = context.state["batches"]
    if batches[0] == 4 { batches[0] = 0 }
    return batches[0] == 0
  }

  func didUpdate(_ weights: MutableTensorView<Float>, _ context: UpdateContext) {
    if fault == "weights" { for i in weights.indices { weights[i] /= weights[i] } }
  }
}

/// Weights of 0 or more, with a given fault.
struct PlantedConstraint: Constraint {
  static let name = "planted_constraint"
  var fault = ""
  var least: Float = 0
  init() {}
  init(_ fault: String) { self.fault = fault }

  func project(_ weight: inout MutableSpan<Float>, shape: [Int]) {
    for i in weight.indices {
      let w = weight[i]
      switch fault {
      case "shrinks": weight[i] = max(0.9 * w, least)
      case "beyond": weight[i] = w < least ? least + 1 : w
      case "mirrored": weight[i] = w < least ? -w : w
      case "noise": weight[i] = max(w, least) + .random(in: 0...0.01)
      case "remembers": weight[i] = max(w, least) + 1e-3 * Calls.next().truncatingRemainder(dividingBy: 7)
      case "nan": weight[i] = w < least ? w / (w - w) * 0 : w
      case "setting": weight[i] = max(w, 0)
      default: weight[i] = max(w, least)
      }
    }
  }
}

import GliaCore

/// Momentum with a fault of the caller's choice.
struct PlantedOptimizer: Optimizer {
  static let name = "planted_optimizer"
  var learningRate: Float = 0.05
  var momentum: Float = 0.5
  var fault = ""
  init() {}
  init(_ fault: String) { self.fault = fault }
  func stateCount(parameters: Int) -> Int { fault == "too much state" ? .max : parameters }

  func update(
    _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, state: inout MutableSpan<Float>, step: OptimizerStep
  ) {
    var norm: Float = 0
    for i in gradient.indices { norm += gradient[i] * gradient[i] }
    let rate = step.learningRate
    for i in gradient.indices {
      if fault == "last forgotten", i == gradient.count - 1 { break }
      if fault == "one of five forgotten", i % 5 == 4 { continue }
      let place = fault == "one velocity" ? 0 : i
      state[place] = (fault == "setting" ? 0.5 : momentum) * state[place] + gradient[i]
      let move = rate * state[fault == "neighbor's velocity" ? (i + 1) % gradient.count : place]
      switch fault {
      case "uphill": parameters[i] += move
      case "nothing": break
      case "own rate": parameters[i] -= learningRate * state[place]
      case "rate squared": parameters[i] -= move * rate
      case "rate's root": parameters[i] -= state[place] * rate.squareRoot() * 0.1
      case "remembers": parameters[i] -= move * (1 + 1e-3 * Calls.next().truncatingRemainder(dividingBy: 7))
      case "drifts": parameters[i] -= move + 1e-4
      case "jitters": parameters[i] -= move + .random(in: -1e-4...1e-4)
      case "explodes": parameters[i] -= step.number > 100 ? -move : move
      case "tires": parameters[i] -= move / Float(step.number * step.number)
      case "norm overflows": parameters[i] -= norm > 0 ? move / norm.squareRoot().squareRoot() : 0
      case "nan": parameters[i] -= gradient[i] == 0 ? 0 : move * (norm / norm)
      case "first tensor alone": if step.tensors.first?.contains(i) ?? true { parameters[i] -= move }
      case "decays": parameters[i] -= move + 0.01 * parameters[i]
      default: parameters[i] -= move
      }
    }
  }
}

/// Clipping by value, or the mean of four batches, with a fault of the caller's choice.
struct PlantedTransform: Transform {
  static let name = "planted_transform"
  var fault = ""
  var limit: Float = 0.5
  init() {}
  init(_ fault: String) { self.fault = fault }

  func stateCount(parameters: Int) -> Int { fault == "too much state" ? .max : parameters + 1 }

  func apply(
    _ gradient: inout MutableSpan<Float>, parameters: Span<Float>, state: inout MutableSpan<Float>, step: OptimizerStep
  ) -> Bool {
    let last = gradient.count
    state[last] += 1
    for i in gradient.indices {
      let g = gradient[i]
      let limit = fault == "setting" ? 0.5 : limit
      let clipped = min(max(g, -limit), limit)
      switch fault {
      case "grows": gradient[i] = clipped * 10
      case "turns": gradient[i] = g < -limit ? limit : clipped
      case "zero": gradient[i] = 0
      case "sums", "means":
        state[i] += g
        gradient[i] = fault == "sums" ? state[i] : min(max(state[i] / 4, -limit), limit)
        if state[last] == 4 { state[i] = 0 }
      case "remembers": gradient[i] = clipped * (1 + 1e-3 * Calls.next().truncatingRemainder(dividingBy: 7))
      case "nan": gradient[i] = clipped / g * g
      default: gradient[i] = clipped
      }
    }
    guard fault == "sums" || fault == "means" else { return true }
    if state[last] == 4 { state[last] = 0 }
    return state[last] == 0
  }

  func updated(_ parameters: inout MutableSpan<Float>, state: inout MutableSpan<Float>, step: OptimizerStep) {
    if fault == "weights" { for i in parameters.indices { parameters[i] /= parameters[i] } }
  }
}

/// Weights of 0 or more, with a fault of the caller's choice.
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

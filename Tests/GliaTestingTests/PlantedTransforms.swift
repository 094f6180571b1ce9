import GliaCore

/// Clipping by value with a given fault.
struct FaultyTransform: GradientTransform, GradientAccumulator {
  static let name = "faulty_transform"
  var fault = ""
  init() {}
  init(_ fault: String) { self.fault = fault }

  func state(for count: Int) -> [StatePlan] { [StatePlan("unused", shape: [fault == "size" ? -1 : count])] }

  func apply(_ gradient: MutableTensorView<Float>, weights: TensorView<Float>, _ context: UpdateContext) {
    var largest: Float = 0
    for i in gradient.indices { largest = max(largest, abs(gradient[i])) }
    var random = fault == "one seed" ? Random(seed: 1) : context.random
    for i in gradient.indices {
      switch fault {
      case "sign": gradient[i] = -gradient[i]
      case "0 / 0": gradient[i] /= largest
      case "one seed": gradient[i] += 0.001 * random.uniform(-1, 1)
      case "own generator": gradient[i] += .random(in: -0.001...0.001)
      default: gradient[i] = min(max(gradient[i], -1), 1)
      }
    }
  }

  func accumulate(_ gradient: MutableTensorView<Float>, _ context: UpdateContext) -> Bool { fault != "never" }
}

/// A transform without a role.
struct WithoutRole: Transform {
  static let name = "without_role"
  func apply(_ gradient: MutableTensorView<Float>, weights: TensorView<Float>, _ context: UpdateContext) {
    gradient.fill(0)
  }
}

/// Unit norm with a given fault.
struct FaultyConstraint: Constraint {
  static let name = "faulty_constraint"
  var fault = ""
  init() {}
  init(_ fault: String) { self.fault = fault }

  func project(_ weight: inout MutableSpan<Float>, shape: [Int]) {
    let units = shape[0]
    let width = weight.count / units
    for unit in 0..<units {
      var squares: Double = 0
      for i in unit * width..<(unit + 1) * width { squares += Double(weight[i]) * Double(weight[i]) }
      let norm = squares.squareRoot()
      guard norm > 0 || fault == "0 / 0" else { continue }
      let wanted = fault == "half-way" ? (norm + 1) / 2 : fault == "away" ? -1 : 1
      for i in unit * width..<(unit + 1) * width { weight[i] = Float(Double(weight[i]) * (wanted / norm)) }
    }
  }
}

/// Noise with a given fault.
struct FaultyAugmentation: Augmentation {
  static let name = "faulty_augmentation"
  var fault = ""
  init() {}
  init(_ fault: String) { self.fault = fault }

  func apply(
    inputs: inout MutableSpan<Float>, targets: inout MutableSpan<Float>, rows: Int, using random: inout Random
  ) {
    var other = Random(seed: 1)
    for i in inputs.indices {
      inputs[i] +=
        fault == "own generator" ? .random(in: 0...1) : Float(fault == "one seed" ? other.normal() : random.normal())
      if fault == "0 / 0" { inputs[i] *= (inputs[i] - inputs[i]) / (inputs[i] - inputs[i]) }
    }
    for i in targets.indices where fault == "targets" { targets[i] *= 1.1 }
  }
}

import GliaCore

/// The squared error as a formula, with a given fault.
struct PlantedFormula: ElementwiseLoss {
  static let name = "planted_formula"
  var fault = ""
  var delta: Float = 1
  init() {}
  init(_ fault: String) { self.fault = fault }
  var prefersTargets: Bool { fault != "critic" }

  func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let error = prediction - target
    let square = T(fault == "setting" ? 1 : delta) * error * error
    switch fault {
    case "logarithm": return .log(square)
    case "upside down": return -square
    case "elsewhere": return (error - 0.1) * (error - 0.1)
    case "one side": return error > 0 ? square : -square
    case "no floor": return square - 0.05 * square * square
    case "target ignored": return prediction * prediction
    case "prediction ignored": return target * target
    case "constant": return T(delta)
    case "nan at target": return square * (error / error)
    case "slope at target": return .sqrt(square)
    case "flat": return error > 500 ? square : 0 * square
    case "critic": return -T(delta) * target * prediction
    default: return square
    }
  }
}

/// A cross-entropy on probabilities, with a given fault.
struct PlantedCrossentropy: ElementwiseLoss {
  static let name = "planted_crossentropy"
  var fault = ""
  init() {}
  init(_ fault: String) { self.fault = fault }
  var targetEncoding: TargetEncoding { .binary(negative: 0, positive: 1) }

  func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    // Bounds that can be represented as a Float.
    let p = prediction < 0x1p-20 ? 0x1p-20 : prediction > 1 - 0x1p-20 ? 1 - 0x1p-20 : prediction
    let (yes, no) = (-T.log(p), -T.log(onePlus: -p))
    switch fault {
    case "swapped": return target * no + (1 - target) * yes
    case "one class": return target * yes
    case "sign": return -(target * yes + (1 - target) * no)
    default: return target * yes + (1 - target) * no
    }
  }

  func fromLogits(of link: Link) -> (any Loss)? { link == .logistic ? Logits(fault) : nil }

  struct Logits: ElementwiseLoss {
    static let name = PlantedCrossentropy.name
    var fault = ""
    init() {}
    init(_ fault: String) { self.fault = fault }
    var targetEncoding: TargetEncoding { .binary(negative: 0, positive: 1) }
    func callAsFunction<T: DifferentiableScalar>(_ z: T, _ target: T) -> T {
      fault == "logits" ? .softplus(z) + target * z : .softplus(z) - target * z
    }
  }
}

/// A handwritten squared error, with a given fault.
struct PlantedLoops: Loss {
  static let name = "planted_loops"
  var fault = ""
  init() {}
  init(_ fault: String) { self.fault = fault }

  func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    let (rows, width) = (prediction.rows, prediction.columns)
    let sum = (0..<rows).reduce(0) { $0 + (weights?[$1] ?? 1) }
    let count = fault == "weights normalized" ? sum : fault == "rows - 1" ? Float(rows - 1) : Float(rows)
    var total: Float = 0
    for i in prediction.indices {
      let row = i / width
      var weight = weights?[row] ?? 1
      if fault == "weights squared" { weight *= weight }
      if fault == "first sample twice", row == 0 { weight *= 2 }
      if fault == "last output ignored", i % width == width - 1 { weight = 0 }
      if fault == "batch of one ignored", rows == 1 { weight = 0 }
      let error = prediction[i] - target[fault == "neighbor's target" ? (i + width) % target.count : i]
      let ofValue = fault == "weights in the gradient alone" ? 1 : weight
      let ofGradient = fault == "weights in the value alone" ? 1 : weight
      total += ofValue * error * error / count
      if fault == "remembers" { total += 1e-3 * Calls.next() }
      guard let gradient, fault != "half of the gradient" || i < prediction.count / 2 else { continue }
      var slope = 2 * ofGradient * error / count
      if fault == "outputs averaged in the gradient alone" { slope /= Float(width) }
      if fault == "gradient's sign" { slope = -slope }
      gradient[i] = fault == "gradient added" ? gradient[i] + slope : slope
    }
    return fault == "noise" ? total + Float.random(in: 0...0.01) : total
  }
}

/// The negative logarithm of the probability of the correct class, with a given fault.
struct PlantedClasses: Loss {
  static let name = "planted_classes"
  var fault = ""
  private var isOneHot: Bool { fault.hasSuffix("one-hot") }
  init() {}
  init(_ fault: String) { self.fault = fault }
  var targetEncoding: TargetEncoding { isOneHot ? .oneHot : .index }

  func checkWidths(outputs: Int, targets: Int, classes: Int) throws {
    guard outputs == classes, targets == (isOneHot ? outputs : 1) else { throw GliaError("widths") }
  }

  func checkTargets(_ targets: Tensor, classes: Int) throws {
    let limit = isOneHot ? 2 : Float(classes)
    guard targets.values.allSatisfy({ $0 >= 0 && $0 < limit && $0 == $0.rounded() }) else { throw GliaError("targets") }
  }

  func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    let (rows, width) = (prediction.rows, prediction.columns)
    var total: Float = 0
    for row in 0..<rows {
      var right = isOneHot ? (0..<width).first { target[row * width + $0] == 1 } ?? 0 : Int(target[row])
      if fault.hasPrefix("next class") { right = (right + 1) % width }
      if fault.hasPrefix("last class ignored") { right = min(right, width - 2) }
      if fault.hasPrefix("target ignored") { right = 0 }
      let weight = (weights?[row] ?? 1) * (fault.hasPrefix("sign") ? -1 : 1)
      for i in row * width..<(row + 1) * width {
        let p = prediction[i]
        let isRight = i == row * width + right
        // Keeps NaN, and clips probabilities of 0 and 1.
        let clipped = p < 1e-7 ? 1e-7 : p
        total += weight * (isRight ? -Float.log(clipped) : 0 * clipped) / Float(rows)
        gradient?[i] = isRight && !(p < 1e-7) ? -weight / clipped / Float(rows) : 0 * p
      }
    }
    return total
  }
}

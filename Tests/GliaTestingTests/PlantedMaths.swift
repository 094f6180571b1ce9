import GliaCore

// Components with defects of the kinds that people make. Each must be caught.

struct SlopeOff: ElementwiseActivation {
  static let name = "slope_off"
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { .tanh(z) }
  func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    for i in gradient.indices { gradient[i] *= 1.01 * (1 - a[i] * a[i]) }
  }
}

struct TailWrong: ElementwiseActivation {
  static let name = "tail_wrong"
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { .tanh(z) }
  func apply(_ values: inout MutableSpan<Float>, width: Int) {
    for i in 0..<values.count / 4 * 4 { values[i] = .tanh(values[i]) }
  }
}

struct Naive: ElementwiseActivation {
  static let name = "naive"
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { 1 / (1 + .exp(-z)) }
}

struct SwallowsNaN: ElementwiseActivation {
  static let name = "swallows_nan"
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z > 0 ? z : 0 }
}

struct ReadsInput: ElementwiseActivation {
  static let name = "reads_input"
  var needsInput: Bool { false }
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z * z }
}

struct WrongLink: ElementwiseActivation {
  static let name = "wrong_link"
  var link: Link? { .logistic }
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { .tanh(z) }
}

/// A softmax over rows with a given fault.
struct FaultySoftmax: Activation {
  static let name = "faulty_softmax"
  var slope: Float = 1
  var subtractsLargest = true
  var mixesRows = false
  init() {}
  init(slope: Float = 1, subtractsLargest: Bool = true, mixesRows: Bool = false) {
    (self.slope, self.subtractsLargest, self.mixesRows) = (slope, subtractsLargest, mixesRows)
  }
  var needsInput: Bool { false }

  func apply(_ values: inout MutableSpan<Float>, width: Int) {
    let width = mixesRows ? max(values.count, 1) : width
    for row in 0..<values.count / width {
      var (largest, sum): (Float, Float) = (subtractsLargest ? -.infinity : 0, 0)
      for i in row * width..<(row + 1) * width where subtractsLargest && !(values[i] <= largest) { largest = values[i] }
      for i in row * width..<(row + 1) * width {
        values[i] = Float.exp(values[i] - largest)
        sum += values[i]
      }
      for i in row * width..<(row + 1) * width { values[i] /= sum }
    }
  }

  func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    for row in 0..<gradient.count / width {
      var sum: Float = 0
      for i in row * width..<(row + 1) * width { sum += gradient[i] * a[i] }
      for i in row * width..<(row + 1) * width { gradient[i] = slope * a[i] * (gradient[i] - sum) }
    }
  }
}

/// A handwritten squared error, with a given fault.
struct FaultyLoss: Loss {
  static let name = "faulty_loss"
  var fault = ""
  init() {}
  init(_ fault: String) { self.fault = fault }

  func checkWidths(outputs: Int, targets: Int, classes: Int) throws {
    if fault != "widths", outputs != targets { throw GliaError("widths") }
  }

  func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    let (rows, width) = (prediction.rows, prediction.columns)
    var total: Float = 0
    for i in prediction.indices {
      let weight = fault == "weights" ? 1 : weights?[i / width] ?? 1
      let error = prediction[i] - target[i]
      total += weight * error * error / (fault == "sum" ? 1 : Float(rows))
      guard let gradient else { continue }
      gradient[i] = 2 * weight * error / (fault == "missing 1/n" ? 1 : Float(rows)) * (fault == "1 %" ? 1.01 : 1)
    }
    return fault == "value" && gradient == nil ? 2 * total : total
  }
}

/// A loss of a center and a spread for each target, (m - t)² / (1 + s²) + ln(1 + s²), with a given fault.
struct FaultySpread: Loss {
  static let name = "faulty_spread"
  var fault = ""
  init() {}
  init(_ fault: String) { self.fault = fault }
  var prefersTargets: Bool { fault == "prefers targets" }

  func checkWidths(outputs: Int, targets: Int, classes: Int) throws {
    guard outputs == 2 * targets || fault == "widths" && outputs == 2 * targets + 1 else { throw GliaError("widths") }
  }

  func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    let (rows, count) = (prediction.rows, target.columns)
    var total: Float = 0
    for i in 0..<rows {
      let weight = weights?[i] ?? 1
      for j in 0..<count {
        let (error, spread) = (prediction[i, j] - target[i, j], prediction[i, count + j])
        let variance = 1 + spread * spread
        total += weight * (error * error / variance + .log(variance))
        guard let gradient else { continue }
        gradient[i, j] = 2 * weight * error / variance / Float(rows)
        let slope = 2 * weight * spread * (1 - error * error / variance) / variance / Float(rows)
        gradient[i, count + j] = fault == "half of the spread's gradient" ? slope / 2 : slope
      }
    }
    return total / Float(rows)
  }
}

/// The squared error as a formula whose loops omit 1/n in the gradient.
struct FormulaLossOff: ElementwiseLoss {
  static let name = "formula_loss_off"
  func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    (prediction - target) * (prediction - target)
  }
  func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    let value = evaluateFormula(prediction, target, weights: weights, gradient: gradient)
    if let gradient { gradient.assign(gradient.view, times: Float(prediction.rows)) }
    return value
  }
}

/// A cross-entropy that ignores its label smoothing, or that overflows for logits.
struct FaultyCrossentropy: ElementwiseLoss {
  static let name = "faulty_crossentropy"
  var labelSmoothing: Float = 0
  var overflows = false
  init() {}
  init(labelSmoothing: Float = 0, overflows: Bool = false) {
    (self.labelSmoothing, self.overflows) = (labelSmoothing, overflows)
  }
  var targetEncoding: TargetEncoding { .binary(negative: 0, positive: 1) }
  func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let t = target * T(1 - labelSmoothing) + T(labelSmoothing / 2)
    return -(t * .log(prediction) + (1 - t) * .log(onePlus: -prediction))
  }
  func fromLogits(of link: Link) -> (any Loss)? { link == .logistic ? FromLogits(overflows: overflows) : nil }

  struct FromLogits: ElementwiseLoss {
    static let name = FaultyCrossentropy.name
    var overflows = false
    init() {}
    init(overflows: Bool) { self.overflows = overflows }
    var targetEncoding: TargetEncoding { .binary(negative: 0, positive: 1) }
    func callAsFunction<T: DifferentiableScalar>(_ z: T, _ target: T) -> T {
      (overflows ? .log(1 + .exp(z)) : .softplus(z)) - target * z
    }
  }
}

struct HalfGradient: Regularizer {
  static let name = "half_gradient"
  var strength: Float = 0.01
  var writes = false
  init() {}
  init(writes: Bool) { self.writes = writes }
  func penalty(_ weight: Span<Float>, shape: [Int]) -> Float {
    var total: Float = 0
    for i in weight.indices { total += strength * weight[i] * weight[i] }
    return total
  }
  func addGradient(of weight: Span<Float>, shape: [Int], to gradient: inout MutableSpan<Float>) {
    for i in weight.indices { gradient[i] = writes ? 2 * strength * weight[i] : gradient[i] + strength * weight[i] }
  }
}

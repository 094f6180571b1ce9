import AllocationCounter
import Glia

/// Components defined by a formula, as users would write them, and the same components with handwritten loops.
extension Measurement {
  static func formulas() throws -> [Measurement] {
    let n = 4096
    let z = (0..<n).map { Float($0) / 512 - 4 }
    let targets = (0..<n).map { Float($0 % 2) }
    var (a, b, c) = (z, z, z)
    var found: [Measurement] = []
    func measure(_ name: String, _ body: () throws -> Void) rethrows {
      var measured = try Measurement(name, parameters: 0, steps: 100, seconds: 0.5) { for _ in 0..<100 { try body() } }
      let before = allocation_count()
      for _ in 0..<10 { try body() }
      measured.allocationsPerStep = before < 0 ? nil : Double(allocation_count() - before) / 10
      found.append(measured)
    }
    func measure(_ name: String, formula: () throws -> Void, byHand: () -> Void) rethrows {
      try measure("formula_" + name, formula)
      measure("by_hand_" + name, byHand)
    }

    measure("activation") {
      var values = a.mutableSpan
      for i in values.indices { values[i] = z[i] }
      Bump().apply(&values, width: 1)
      var gradient = b.mutableSpan
      for i in gradient.indices { gradient[i] = z[i] }
      Bump().pullback(&gradient, input: z.span, output: z.span, width: 1)
    } byHand: {
      bump(z.span, a.mutableSpan, b.mutableSpan)
    }

    let lossRunner = LossRunner(Cauchy(), z, targets, rows: n)
    try measure("loss") {
      b[0] = try lossRunner.evaluate()
    } byHand: {
      b[0] = cauchy(z.span, targets.span, a.mutableSpan)
    }

    measure("regularizer") {
      var gradient = a.mutableSpan
      b[0] = Saturating().penalty(z.span, shape: [n])
      Saturating().addGradient(of: z.span, shape: [n], to: &gradient)
    } byHand: {
      b[0] = saturating(z.span, a.mutableSpan)
    }

    var runner = try OptimizerRunner(MeanSign(), from: a)
    runner.learningRate = 1e-9
    var slopes = z
    try measure("optimizer") {
      try runner.update(along: &slopes)
    } byHand: {
      meanSign(z.span, a.mutableSpan, b.mutableSpan, rate: runner.learningRate)
    }

    let (rows, inputs, units) = (32, 16, 8)
    let layer = Quadratic(units)
    let plan = try layer.plan(input: [inputs])
    let parameters = (0..<plan.parameterCount).map { Float($0 * 7 % 13) / 13 - 0.5 }
    let x = Array(z.prefix(rows * inputs))
    let dy = Array(z.suffix(rows * units))
    var y = dy
    (b, c) = (x, parameters)
    let layerRunner = try LayerRunner(layer, input: [inputs], batch: rows)
    var state: [Float] = []
    let pass = try layerRunner.forward(x, parameters: parameters, state: &state)
    _ = try layerRunner.backward(dy, x: x, y: pass.y, parameters: parameters, saved: pass.saved)
    measure("layer") {
      layerRunner.forward()
      layerRunner.backward()
    } byHand: {
      quadratic(inputs, units, rows, x.span, y.mutableSpan, parameters.span, dy.span, b.mutableSpan, c.mutableSpan)
    }

    let features = try LayerRunner(Rectifier(), input: [units * inputs], batch: rows)
    let (wide, slope) = (Array(z.prefix(rows * units * inputs)), Array(z.suffix(units * inputs)))
    var saved = try features.forward(wide, parameters: slope, state: &state)
    _ = try features.backward(wide, x: wide, y: saved.y, parameters: slope, saved: saved.saved)
    var steepness = slope
    measure("features") {
      features.forward()
      features.backward()
    } byHand: {
      rectifier(
        units * inputs, rows, wide.span, saved.y.mutableSpan, slope.span, wide.span, a.mutableSpan,
        steepness.mutableSpan)
    }
    return found
  }
}

/// f(z) = z / (1 + z²).
private struct Bump: ElementwiseActivation {
  static let name = "bump"
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z / (1 + z * z) }
}

/// l(ŷ, y) = ln(1 + (ŷ - y)²).
private struct Cauchy: ElementwiseLoss {
  static let name = "cauchy"
  func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    .log(onePlus: (prediction - target) * (prediction - target))
  }
}

/// r(w) = 0.001 w² / (1 + w²).
private struct Saturating: ElementwiseRegularizer {
  static let name = "saturating"
  func callAsFunction<T: DifferentiableScalar>(_ weight: T) -> T { 0.001 * weight * weight / (1 + weight * weight) }
}

/// The sign of the mean gradient.
private struct MeanSign: ElementwiseOptimizer {
  struct State: ParameterState { var mean: Float = 0 }
  static let name = "mean_sign"
  var learningRate: Float = 0.001
  func step(_ gradient: Float, state: inout State, at step: OptimizerStep) -> Float {
    state.mean = 0.9 * state.mean + (1 - 0.9) * gradient
    return step.learningRate * (state.mean > 0 ? 1 : state.mean < 0 ? -1 : 0)
  }
}

/// yₖ = xᵀ Aₖ x + Bₖ x.
private struct Quadratic: FormulaLayer {
  static let name = "quadratic"
  var units = 1
  init() {}
  init(_ units: Int) { self.units = units }
  func plan(input: [Int]) throws -> LayerPlan {
    let n = try input.elementCount()
    return try LayerPlan(
      output: [units],
      parameters: [ParameterPlan("a", shape: [units, n, n]), ParameterPlan("b", shape: [units, n])])
  }
  func callAsFunction<T: DifferentiableNumber>(
    _ x: TensorView<T>, _ parameters: NamedTensors<T>, into y: MutableTensorView<T>
  ) {
    let a = parameters["a"]
    let b = parameters["b"]
    for k in y.indices {
      y[k] = .sum(over: x.indices) { i in x[i] * (b[k, i] + .sum(over: x.indices) { j in a[k, i, j] * x[j] }) }
    }
  }
}

/// yⱼ = xⱼ above 0, slopeⱼ xⱼ below.
private struct Rectifier: FeaturewiseLayer {
  static let name = "rectifier"
  func plan(input: [Int]) throws -> LayerPlan {
    try LayerPlan(output: input, parameters: [ParameterPlan("slope", shape: input)])
  }
  func callAsFunction<T: DifferentiableScalar>(_ x: T, _ parameters: FeatureParameters<T>) -> T {
    x > 0 ? x : parameters["slope"] * x
  }
}

// The same loops by hand.

private func bump(_ z: Span<Float>, _ values: consuming MutableSpan<Float>, _ slopes: consuming MutableSpan<Float>) {
  for i in z.indices { values[i] = z[i] / (1 + z[i] * z[i]) }
  for i in z.indices {
    let square = z[i] * z[i]
    slopes[i] = z[i] * (1 - square) / ((1 + square) * (1 + square))
  }
}

private func cauchy(_ z: Span<Float>, _ targets: Span<Float>, _ gradient: consuming MutableSpan<Float>) -> Float {
  var total = 0.0
  let scale = 1 / Float(z.count)
  for i in z.indices {
    let error = z[i] - targets[i]
    total += Double(Float.log(onePlus: error * error))
    gradient[i] = scale * (2 * error / (1 + error * error))
  }
  return Float(total * Double(scale))
}

private func saturating(_ w: Span<Float>, _ gradient: consuming MutableSpan<Float>) -> Float {
  var total = 0.0
  for i in w.indices {
    let square = Double(w[i]) * Double(w[i])
    total += 0.001 * square / (1 + square)
  }
  for i in w.indices {
    let sum = 1 + w[i] * w[i]
    gradient[i] += 0.001 * 2 * w[i] / (sum * sum)
  }
  return Float(total)
}

private func meanSign(
  _ g: Span<Float>, _ w: consuming MutableSpan<Float>, _ mean: consuming MutableSpan<Float>, rate: Float
) {
  for i in g.indices {
    mean[i] = 0.9 * mean[i] + (1 - 0.9) * g[i]
    w[i] -= rate * (mean[i] > 0 ? 1 : mean[i] < 0 ? -1 : 0)
  }
}

private func quadratic(
  _ n: Int, _ m: Int, _ rows: Int, _ x: Span<Float>, _ y: consuming MutableSpan<Float>, _ p: Span<Float>,
  _ dy: Span<Float>, _ dx: consuming MutableSpan<Float>, _ dp: consuming MutableSpan<Float>
) {
  for i in dp.indices { dp[i] = 0 }
  for i in dx.indices { dx[i] = 0 }
  for r in 0..<rows {
    for k in 0..<m {
      let (a, b, g) = (k * n * n, m * n * n + k * n, dy[r * m + k])
      var total: Float = 0
      for i in 0..<n {
        let xi = x[r * n + i]
        var row = p[b + i]
        dp[b + i] += g * xi
        for j in 0..<n {
          let (xj, weight) = (x[r * n + j], p[a + i * n + j])
          row += weight * xj
          dp[a + i * n + j] += g * xi * xj
          dx[r * n + j] += g * xi * weight
        }
        dx[r * n + i] += g * row
        total += row * xi
      }
      y[r * m + k] = total
    }
  }
}

private func rectifier(
  _ n: Int, _ rows: Int, _ x: Span<Float>, _ y: consuming MutableSpan<Float>, _ slope: Span<Float>,
  _ dy: Span<Float>, _ dx: consuming MutableSpan<Float>, _ gradient: consuming MutableSpan<Float>
) {
  for r in 0..<rows {
    for j in 0..<n { y[r * n + j] = x[r * n + j] > 0 ? x[r * n + j] : slope[j] * x[r * n + j] }
  }
  for j in gradient.indices { gradient[j] = 0 }
  for r in 0..<rows {
    for j in 0..<n {
      let (z, g) = (x[r * n + j], dy[r * n + j])
      dx[r * n + j] = z > 0 ? g : slope[j] * g
      if !(z > 0) { gradient[j] += g * z }
    }
  }
}

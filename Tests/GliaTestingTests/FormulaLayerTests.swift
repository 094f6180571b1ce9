import Glia
import GliaTesting
import Testing

/// y = W x + b, as Dense computes it.
private struct Linear2: FormulaLayer {
  static let name = "dense_by_formula"
  var units = 1
  init() {}
  init(_ units: Int) { self.units = units }
  func plan(input: [Int]) throws -> LayerPlan { try Dense(units).plan(input: input) }
  func callAsFunction<T: DifferentiableNumber>(
    _ x: TensorView<T>, _ parameters: NamedTensors<T>, into y: MutableTensorView<T>
  ) {
    let weight = parameters["weight"]
    let bias = parameters["bias"]
    for k in y.indices { y[k] = bias[k] + .sum(over: x.indices) { weight[k, $0] * x[$0] } }
  }
}

/// xᵀ A x for each unit, with a given fault.
private struct QuadraticForms: FormulaLayer {
  static let name = "quadratic_forms"
  var units = 2
  var fault = ""
  init() {}
  init(fault: String) { self.fault = fault }
  func plan(input: [Int]) throws -> LayerPlan {
    let n = try input.elementCount()
    return try LayerPlan(
      output: [units],
      parameters: [
        ParameterPlan("a", shape: [units, n, n], initializer: .randomNormal(stddev: 0.3)),
        ParameterPlan("b", shape: [units], initializer: .ones),
      ])
  }
  func callAsFunction<T: DifferentiableNumber>(
    _ x: TensorView<T>, _ parameters: NamedTensors<T>, into y: MutableTensorView<T>
  ) {
    let a = parameters[fault == "name" ? "c" : "a"]
    let b = parameters["b"]
    for k in y.indices {
      y[k] =
        b[fault == "index" ? k + 1 : k]
        + .sum(over: x.indices) { i in
          x[i] * .sum(over: x.indices) { j in a[k, i, fault == "axis" ? j + 1 : j] * x[j] }
        }
    }
    if fault == "output" { y[units] = 1 }
    if fault == "input" { y[0] = x[-1] }
    if fault == "row" { y[0] = a[0, 0] + a[units * x.count, 0] }
  }
}

/// Every function available in formulas, one per output.
private struct Functions: FormulaLayer {
  static let name = "functions"
  static let count = 29
  func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: [Self.count]) }
  func callAsFunction<T: DifferentiableNumber>(
    _ x: TensorView<T>, _ parameters: NamedTensors<T>, into y: MutableTensorView<T>
  ) {
    let (u, v) = (x[0], x[1])
    y[0] = .exp(u)
    y[1] = .expMinusOne(u)
    y[2] = .cosh(u)
    y[3] = .sinh(u)
    y[4] = .tanh(u)
    y[5] = .cos(u)
    y[6] = .sin(u)
    y[7] = .tan(u)
    y[8] = .log(u)
    y[9] = .log(onePlus: u)
    y[10] = .acosh(u + 1)
    y[11] = .asinh(u)
    y[12] = .atanh(u)
    y[13] = .acos(u)
    y[14] = .asin(u)
    y[15] = .atan(u)
    y[16] = .sqrt(u)
    y[17] = .erf(u)
    y[18] = .sigmoid(u)
    y[19] = .softplus(u)
    y[20] = .pow(u, v)
    y[21] = .pow(u, 3)
    y[22] = .root(u, 3)
    y[23] = u / v
    y[24] = .maximum(u, v)
    y[25] = .minimum(u, 0.5)
    y[26] = -u * v
    y[27] = u - 2 * v
    y[28] = u + u + 0.25
  }
}

@Suite("A layer defined by a formula")
struct FormulaLayerTests {
  @Test("matches a layer with kernels for any batch size", arguments: [1, 7, 8, 9, 33])
  func dense(rows: Int) throws {
    var random = Random(seed: 5)
    let x = try Tensor(shape: [rows, 5], (0..<rows * 5).map { _ in Float(random.normal()) })
    let y = try Tensor(shape: [rows, 3], (0..<rows * 3).map { _ in Float(random.normal()) })
    let data = try Dataset(inputs: x, targets: y)
    let dense = try Network(input: [5], seed: 3) {
      Dense(4, activation: .tanh)
      Dense(3)
    }
    let formula = try Network(input: [5], seed: 3) {
      Linear2(4)
      ActivationLayer(.tanh)
      Linear2(3)
    }
    for (a, b) in zip(try dense.predict(x).values, try formula.predict(x).values) { #expect(abs(a - b) < 1e-5) }
    let loss = MeanSquaredError()
    let (right, found) = (try dense.gradients(of: loss, on: data), try formula.gradients(of: loss, on: data))
    for (a, b) in zip(right.parameters, found.parameters) {
      for (a, b) in zip(a.tensor.values, b.tensor.values) { #expect(abs(a - b) < 1e-5) }
    }
    for (a, b) in zip(right.inputs.values, found.inputs.values) { #expect(abs(a - b) < 1e-5) }
  }

  @Test("passes the layer checks")
  func checks() throws {
    for layer in [QuadraticForms(), Linear2(3)] as [any Layer] {
      let results = checkComponent(layer, registry: .standard)
      #expect(results.count > 5)
      for result in results { #expect(result.passed, "\(result)") }
    }
  }

  @Test(
    "accessing tensors that are not in the plan is an error when the network is built",
    arguments: [
      ("name", "'c', which is not in its plan"),
      ("index", "[2] of 2 numbers"), ("axis", "[0, 0, 3] of a tensor of 2 × 3 × 3"),
      ("output", "[2] of 2 numbers"), ("input", "[-1] of 3 numbers"), ("row", "[6, 0] of 6 rows and 3 columns"),
    ])
  func faults(fault: String, says: String) throws {
    let error = #expect(throws: GliaError.self) { try Network(input: [3]) { QuadraticForms(fault: fault) } }
    #expect(
      error?.what.hasSuffix(says) == true,
      "\(String(describing: error))")
    _ = try Network(input: [3]) { QuadraticForms() }
  }

  @Test("derivatives of every function match finite differences")
  func functions() throws {
    let network = try Network(input: [2]) { Functions() }
    let (u, v, h) = (Float(0.6), Float(0.8), Float(1e-3))
    func outputs(_ u: Float, _ v: Float) throws -> [Float] { try network.predict(Tensor(rows: [[u, v]])).values }
    let (right, left) = (try outputs(u + h, v), try outputs(u - h, v))
    let (up, down) = (try outputs(u, v + h), try outputs(u, v - h))
    // The gradient of the k-th output, using that output as the loss.
    for k in 0..<Functions.count {
      let targets = try Tensor(shape: [1, Functions.count], (0..<Functions.count).map { $0 == k ? 1 : 0 })
      let found = try network.gradients(of: Picked(), on: Dataset(inputs: Tensor(rows: [[u, v]]), targets: targets))
        .inputs.values
      let wanted = [(right[k] - left[k]) / (2 * h), (up[k] - down[k]) / (2 * h)]
      #expect(abs(found[0] - wanted[0]) < 2e-3 && abs(found[1] - wanted[1]) < 2e-3, "output \(k): \(found) \(wanted)")
    }
  }
}

/// Σ target · prediction.
private struct Picked: ElementwiseLoss {
  static let name = "picked"
  var averagesOutputs: Bool { false }
  func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T { prediction * target }

  @Test("samples that fill up a group of eight do not spoil the gradients")
  func incompleteGroups() throws {
    var network = try Network(input: [1], layers: [ScaledLogarithm()])
    try network.set("layers.0.weight", to: Tensor(shape: [1], [2]))
    let data = try Dataset(inputs: Tensor(rows: [[1], [2], [4]]), targets: Tensor(rows: [[0], [0], [0]]))
    let gradients = try network.gradients(of: .halfSquaredError, on: data)
    // Σ y ln x / 3 with y = 2 ln x, and y · 2 / x / 3.
    let squares = 2 * (0.4804530 + 1.9218121)
    #expect(abs(Double(try #require(gradients["layers.0.weight"]).values[0]) - squares / 3) < 1e-6)
    #expect(gradients.inputs.values[0] == 0 && abs(gradients.inputs.values[2] - 2 * 1.3862944 * 2 / 4 / 3) < 1e-6)
  }

  private struct ScaledLogarithm: FormulaLayer {
    static let name = "scaled_logarithm"
    func plan(input: [Int]) throws -> LayerPlan {
      try LayerPlan(output: [1], parameters: [ParameterPlan("weight", shape: [1])])
    }
    func callAsFunction<T: DifferentiableNumber>(
      _ x: TensorView<T>, _ parameters: NamedTensors<T>, into y: MutableTensorView<T>
    ) { y[0] = parameters["weight"][0] * .log(x[0]) }
  }
}

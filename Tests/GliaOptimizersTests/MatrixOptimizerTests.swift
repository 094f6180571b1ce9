import Glia
import TestSupport
import Testing

@Suite("Optimizers that see all tensors, or their shapes")
struct MatrixOptimizerTests {
  /// R(α) diag(values) R(β)ᵀ, given the sines of α and β, with `rows` ≥ 2 rows; further rows are 0.
  private func matrix(_ values: [Double], _ alpha: Double, _ beta: Double, rows: Int = 2) -> [Double] {
    let (a, b) = (rotation(alpha), rotation(beta))
    var numbers = [Double](repeating: 0, count: 2 * rows)
    for i in 0..<2 {
      for j in 0..<2 { numbers[2 * i + j] = a[i][0] * values[0] * b[j][0] + a[i][1] * values[1] * b[j][1] }
    }
    return numbers
  }

  /// A rotation, given the sine of an angle.
  private func rotation(_ s: Double) -> [[Double]] {
    let c = (1 - s * s).squareRoot()
    return [[c, -s], [s, c]]
  }

  /// The singular values of a matrix with two columns, from the trace and determinant of its Gram matrix.
  private func singularValues(_ m: [Float]) -> [Double] {
    let columns = (0..<2).map { j in stride(from: j, to: m.count, by: 2).map { Double(m[$0]) } }
    func dot(_ i: Int, _ j: Int) -> Double { zip(columns[i], columns[j]).reduce(0) { $0 + $1.0 * $1.1 } }
    let (trace, determinant) = (dot(0, 0) + dot(1, 1), dot(0, 0) * dot(1, 1) - dot(0, 1) * dot(0, 1))
    let root = max(trace * trace / 4 - determinant, 0).squareRoot()
    return [trace / 2 - root, trace / 2 + root].map { max($0, 0).squareRoot() }
  }

  @Test("muon: singular values of the step are near 1, times √max(1, rows / columns)", arguments: [2, 8])
  func singular(rows: Int) throws {
    for smallest in [1, 0.3, 0.05] {
      let gradient = matrix([2, 2 * smallest], 0.6, -0.8, rows: rows)
      var runner = try OptimizerRunner(
        Muon(learningRate: 1), from: [Float](repeating: 0, count: gradient.count), shapes: [[rows, 2]])
      try runner.update(gradient.map { Float($0) })
      let scale = (Double(rows) / 2).squareRoot()
      for value in singularValues(runner.weights) { #expect(value > 0.65 * scale && value < 1.25 * scale) }
      // The singular vectors stay: the step is R(α) diag R(β)ᵀ, too.
      let (a, b) = (rotation(0.6), rotation(-0.8))
      var mixed = 0.0
      for i in 0..<2 {
        for j in 0..<2 { mixed += a[i][0] * Double(runner.weights[2 * i + j]) * b[j][1] }
      }
      #expect(abs(mixed) < 1e-5)
    }
  }

  @Test("muon: other tensors are updated by the nested optimizer, whose rate follows in proportion")
  func vectors() throws {
    var training = try smallTraining(
      weight: [2], bias: 1, optimizer: .muon(learningRate: 0.1, vectors: .sgd(learningRate: 0.5))
    ) { $0.schedule = .step(every: 1, factor: 0.5) }
    _ = try training.next()
    #expect(training.network.parameters[1] == -0.5)
    let y = training.network.parameters[0] - 0.5
    _ = try training.next()
    #expect(abs(training.network.parameters[1] - (-0.5 - 0.25 * y)) < 1e-6)
  }

  @Test("prodigy: cutting the parameters into tensors does not change the estimate")
  func prodigyTensors() throws {
    func path(_ shapes: [[Int]]) throws -> [Float] {
      var runner = try OptimizerRunner(Prodigy(), from: [1, -0.5, 2, 0.25, -1], shapes: shapes)
      for _ in 0..<60 { try runner.update(at: { weights in zip(weights, [1, 2, 0.5, 4, 1]).map { $0 * $1 } }) }
      return runner.weights
    }
    let (whole, cut) = (try path([[5]]), try path([[2], [1, 3]]))
    for (a, b) in zip(whole, cut) { #expect(abs(a - b) < 1e-4 * max(1, abs(a))) }
    // It has found a rate with which it moves.
    #expect(abs(whole[0] - 1) > 0.1)
  }

  /// x = 1, y = w₁ w₀ = 6: gradients 18 and 12, of norm √468.
  @Test("sums are over all tensors of an optimizer, also if others lie between")
  func sums() throws {
    var network = try Network(input: [1]) {
      Dense(1)
      Dense(1, useBias: false)
    }
    try network.set("layers.0.weight", to: Tensor(shape: [1, 1], [2]))
    try network.set("layers.1.weight", to: Tensor(shape: [1, 1], [3]))
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer, settings.metrics) = (HalfSquaredError(), NormalizedDescent(), [])
    settings.groups = [ParameterGroup("layers.0.bias", trainable: false)]
    let data = try Dataset(inputs: Tensor(rows: [[1]]), targets: [Column("y", [Float(0)])])
    var training = try Training(network, on: data, settings: settings)
    _ = try training.next()
    let norm = Double(468).squareRoot()
    for (got, wanted) in zip(training.network.parameters, [2 - 18 / norm, 0, 3 - 12 / norm]) {
      #expect(abs(Double(got) - wanted) < 1e-6)
    }
  }

  /// A gradient of 0 leaves only the decay.
  @Test(
    "decays weights: a bias is left alone",
    arguments: [
      (.adamw(learningRate: 0.1, weightDecay: 0.5, decays: .weights), []),
      (.lamb(learningRate: 0.1, weightDecay: 0.5, decays: .weights), []),
      (.ademamix(learningRate: 0.1, weightDecay: 0.5, decays: .weights), []),
      (.adafactor(learningRate: 0.1, weightDecay: 0.5, decays: .weights), []),
      (.scheduleFreeAdamW(learningRate: 0.1, weightDecay: 0.5, decays: .weights), []),
      (.sgd(learningRate: 0.1), [.weightDecay(0.5, decays: .weights)]),
      (.sgd(learningRate: 0.1), [.weightDecay(0.5, decoupled: true, decays: .weights)]),
    ] as [(any Optimizer, [any Transform])])
  func decay(optimizer: any Optimizer, transforms: [any Transform]) throws {
    var training = try smallTraining(weight: [1], bias: 1, y: [2], optimizer: optimizer) {
      $0.transforms = transforms
    }
    _ = try training.next()
    let expected: Float = optimizer is LAMB ? 0.9 : 0.95
    #expect(abs(training.network.parameters[0] - expected) < 1e-6)
    #expect(training.network.parameters[1] == 1)
  }

  @Test("settings out of range are rejected by name")
  func refusals() throws {
    let cases: [(JSON, String)] = [
      (["type": "adabelief", "epsilon": 0], "epsilon"), (["type": "ademamix", "beta3": 1], "beta3"),
      (["type": "ademamix", "alpha": -1], "alpha"), (["type": "adopt", "beta2": 1], "beta2"),
      (["type": "schedule_free_sgd", "beta1": 0], "beta1"), (["type": "schedule_free_adamw", "beta1": 1], "beta1"),
      (["type": "prodigy", "initial_rate": 0], "initial_rate"), (["type": "adafactor", "clipping": 0], "clipping"),
      (["type": "adafactor", "beta2_decay": 0.5], "beta2_decay"), (["type": "muon", "iterations": 0], "iterations"),
      (["type": "muon", "momentum": 1], "momentum"), (["type": "adamw", "decays": "biases"], "decays"),
      (["type": "sam", "rho": -1], "rho"),
    ]
    for (json, setting) in cases {
      let error = #expect(throws: GliaError.self) { try Registry.standard.make((any Optimizer).self, from: json) }
      #expect(error?.place == setting)
    }
  }
}

/// Gradient descent with steps of the same length, over all tensors.
private struct NormalizedDescent: CollectiveOptimizer {
  static let name = "normalized_descent"
  var learningRate: Float = 1
  func shares(
    of gradient: TensorView<Float>, weight: TensorView<Float>, _ context: UpdateContext
  ) -> SIMD4<Double> {
    [gradient.sumOfSquares, 0, 0, 0]
  }
  func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    let length = (context.sums?[0] ?? 0).squareRoot()
    gradient.assign(gradient.view, times: Float(Double(context.learningRate) / length))
  }
}

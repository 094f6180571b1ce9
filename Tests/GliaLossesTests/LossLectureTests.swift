import Glia
import Testing

/// Losses and learning rules calculated by hand in lectures on feed-forward networks.
@Suite("Losses calculated by hand")
struct LossLectureTests {
  private func evaluate(
    _ loss: any Loss, _ prediction: [Float], _ target: [Float], rows: Int = 1
  ) throws -> (value: Float, gradient: [Float]) {
    let found = try loss.evaluate(
      Tensor(shape: [rows, prediction.count / rows], prediction), Tensor(shape: [rows, target.count / rows], target))
    return (found.value, found.gradient.values)
  }

  private func expect(
    _ values: [Float], _ expected: [Float], within tolerance: Float = 1e-6,
    _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(values.count == expected.count, sourceLocation: location)
    for (value, wanted) in zip(values, expected) {
      #expect(abs(value - wanted) <= tolerance, "\(value) is not \(wanted)", sourceLocation: location)
    }
  }

  @Test("squared error of a score: (y - z)², with the slope -2 (y - z)")
  func squared() throws {
    // Labels 1, -1 and scores 0.5, 0.5: ¼ and 2¼, slopes -1 and 3.
    let (value, gradient) = try evaluate(.meanSquaredError, [0.5, 0.5], [1, -1], rows: 2)
    expect([value], [1.25])
    expect(gradient, [-0.5, 1.5])
  }

  @Test("logistic loss of labels ±1: ln(1 + e^(-yz)), with the slope -y σ(-yz)")
  func logistic() throws {
    // z = 2: ln(1 + e⁻²) = 0.126928, σ(-2) = 0.119203; z = -1: ln(1 + e) = 1.313262, σ(1) = 0.731059.
    for (z, y, value, slope) in [
      (2, 1, 0.126928, -0.119203), (-2, -1, 0.126928, 0.119203), (-1, 1, 1.313262, -0.731059),
      (1, -1, 1.313262, 0.731059), (0, 1, 0.693147, -0.5), (1000, -1, 1000, 1), (1000, 1, 0, 0),
    ] as [(Float, Float, Float, Float)] {
      let found = try evaluate(.logistic, [z], [y])
      expect([found.value], [value])
      expect(found.gradient, [slope])
    }
  }

  @Test("cross-entropy with both terms: -1/n ΣΣ [y ln ŷ + (1 - y) ln(1 - ŷ)]")
  func bothTerms() throws {
    // ln 0.8 = -0.223144, ln 0.9 = -0.105361, ln 0.6 = -0.510826, ln 0.5 = -0.693147, ln 0.7 = -0.356675.
    // Sample 1, class 0: ŷ = (0.8, 0.1, 0.4): 0.223144 + 0.105361 + 0.510826 = 0.839331.
    // Sample 2, class 2: ŷ = (0.5, 0.2, 0.7): 0.693147 + 0.223144 + 0.356675 = 1.272966.
    let outputs: [Float] = [0.8, 0.1, 0.4, 0.5, 0.2, 0.7]
    let targets: [Float] = [1, 0, 0, 0, 0, 1]
    let (value, gradient) = try evaluate(.oneVsAllCrossentropy, outputs, targets, rows: 2)
    expect([value], [(0.839331 + 1.272966) / 2])
    // (ŷ - y) / (ŷ (1 - ŷ)) / 2: -1/1.6, 1/1.8, 1/1.2; 1/1, 1/1.6, -1/1.4.
    expect(gradient, [-0.625, 0.555556, 0.833333, 1, 0.625, -0.714286])
    let fused = try #require(OneVsAllCrossentropy().fromLogits(of: .logistic))
    let logits = outputs.map { Float.log($0 / (1 - $0)) }
    let canonical = try evaluate(fused, logits, targets, rows: 2)
    expect([canonical.value], [value])
    expect(canonical.gradient, [-0.1, 0.05, 0.2, 0.25, 0.1, -0.15])
  }

  @Test("the canonical gradient a - t of linear, sigmoid and softmax output units")
  func canonicalGradients() throws {
    // Linear units with half the squared distance: a = z.
    try expect(evaluate(.halfSquaredError, [0.2, 0.7, 0.1], [0, 1, 0]).gradient, [0.2, -0.3, 0.1])
    // σ(ln 3) = 3/4.
    let sigmoid = try #require(BinaryCrossentropy().fromLogits(of: .logistic))
    try expect(evaluate(sigmoid, [1.0986123], [1]).gradient, [-0.25])
    try expect(evaluate(sigmoid, [1.0986123], [0]).gradient, [0.75])
    // softmax(ln 1, ln 2, ln 5) = (1/8, 2/8, 5/8).
    let logits: [Float] = [0, 0.6931472, 1.6094379]
    let softmax = try #require(CategoricalCrossentropy().fromLogits(of: .softmax))
    try expect(evaluate(softmax, logits, [0, 1, 0]).gradient, [0.125, -0.75, 0.625])
    let sparse = try #require(SparseCategoricalCrossentropy().fromLogits(of: .softmax))
    try expect(evaluate(sparse, logits, [1]).gradient, [0.125, -0.75, 0.625])
    let divergence = try #require(KLDivergence().fromLogits(of: .softmax))
    try expect(evaluate(divergence, logits, [0.5, 0.25, 0.25]).gradient, [-0.375, 0, 0.375])
  }

  /// tanh hidden units and a linear output, squared error without ½, one sample: δ_L = -2 (y - s) and
  /// δ_j = δ_L w_j tanh'(s_j), read off one step at rate 1.
  @Test("backpropagation through tanh units with the factor 2")
  func factorTwo() throws {
    var network = try Network(input: [2]) {
      Dense(2, activation: .tanh)
      Dense(1)
    }
    // s = (0.5, -1), tanh s = (0.462117, -0.761594), tanh' s = (0.786448, 0.419974).
    try network.set("layers.0.weight", to: Tensor(rows: [[0.25, 0.125], [-0.5, -0.25]]))
    // s_L = 0.462117 · 2 - 0.761594 · (-1) + 0.25 = 1.935828.
    try network.set("layers.1.weight", to: Tensor(rows: [[2, -1]]))
    try network.set("layers.1.bias", to: Tensor(shape: [1], [0.25]))
    let data = try Dataset(inputs: Tensor(rows: [[1, 2]]), targets: Tensor(rows: [[1.5]]))
    var training = try Training(network, on: data, loss: .meanSquaredError, optimizer: .sgd(learningRate: 1), epochs: 1)
    try training.fit()
    func gradient(_ name: String) throws -> [Float] {
      zip(try #require(network[name]).values, try #require(training.network[name]).values).map { $0 - $1 }
    }
    // δ_L = -2 (1.5 - 1.935828) = 0.871656; times tanh s for the weights.
    expect(try gradient("layers.1.bias"), [0.871656], within: 2e-6)
    expect(try gradient("layers.1.weight"), [0.402807, -0.663848], within: 2e-6)
    // δ_1 = 0.871656 · 2 · 0.786448 = 1.371024, δ_2 = 0.871656 · (-1) · 0.419974 = -0.366073; times x = (1, 2).
    expect(try gradient("layers.0.bias"), [1.371024, -0.366073], within: 3e-6)
    expect(try gradient("layers.0.weight"), [1.371024, 2.742048, -0.366073, -0.732146], within: 5e-6)
  }

  /// The four corners, with the outputs of a logic gate as classes.
  private func gate(_ values: [Float]) throws -> Dataset {
    try Dataset(inputs: Tensor(rows: [[0, 0], [0, 1], [1, 0], [1, 1]]), targets: [Column("gate", values)])
  }

  private static let and: [Float] = [0, 0, 0, 1]
  private static let or: [Float] = [0, 1, 1, 1]
  private static let xor: [Float] = [0, 1, 1, 0]

  /// The number of correctly classified corners, with the decision at `threshold`.
  private func right(_ network: Network, _ values: [Float], threshold: Float) throws -> Int {
    let outputs = try network.predict(gate(values).inputs).values
    return zip(outputs, values).count { ($0 > threshold) == ($1 == 1) }
  }

  private func perceptron(_ values: [Float], seed: UInt64, from start: Float? = nil) throws -> Network {
    var network = try Network(input: [2], seed: seed) { Dense(1) }
    if let start { try network.set("layers.0.weight", to: Tensor(rows: [[start, start]])) }
    var training = try Training(
      network, on: gate(values), loss: .perceptron, optimizer: .sgd(learningRate: 0.1), epochs: 100, batchSize: 1,
      seed: seed)
    try training.fit()
    return training.network
  }

  @Test("the perceptron rule learns AND and OR, but cannot learn XOR", arguments: 0..<5 as Range<UInt64>)
  func perceptronRule(seed: UInt64) throws {
    #expect(try right(perceptron(Self.and, seed: seed), Self.and, threshold: 0) == 4)
    #expect(try right(perceptron(Self.or, seed: seed), Self.or, threshold: 0) == 4)
    #expect(try right(perceptron(Self.and, seed: seed, from: 0), Self.and, threshold: 0) == 4)
    #expect(try right(perceptron(Self.xor, seed: seed), Self.xor, threshold: 0) < 4)
  }

  @Test("the perceptron rule step by step: w ← w + η y x if y z ≤ 0, otherwise unchanged")
  func perceptronSteps() throws {
    // (0, 0) of class -1 and (1, 1) of class +1, in this order, from weights of 0 at rate ½. Epoch 1: z = 0 is on the
    // boundary, b = -½; z = -½ is wrong, w = (½, ½) and b = 0. Epoch 2: z = 0, b = -½; z = ½ is correct. Then all are correct.
    var network = try Network(input: [2]) { Dense(1) }
    try network.set("layers.0.weight", to: Tensor(rows: [[0, 0]]))
    let data = try #require(try gate(Self.and).part([0, 3]))
    for (epochs, bias) in [(1, 0), (2, -0.5), (10, -0.5)] as [(Int, Float)] {
      var training = try Training(
        network, on: data, loss: .perceptron, optimizer: .sgd(learningRate: 0.5), epochs: epochs, batchSize: 1,
        shuffle: false)
      try training.fit()
      #expect(training.network["layers.0.weight"]?.values == [0.5, 0.5])
      #expect(training.network["layers.0.bias"]?.values == [bias])
    }
  }

  /// A unit step function, which passes no gradient.
  private struct UnitStep: ElementwiseActivation {
    static let name = "test_unit_step"
    var link: Link? { .threshold }
    func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z > 0 ? 1 : 0 }
  }

  @Test("a linear threshold unit learns with the same rule")
  func thresholdUnit() throws {
    let linear = try perceptron(Self.or, seed: 3)
    var training = try Training(
      Network(input: [2], seed: 3) { Dense(1, activation: UnitStep(), initializer: .glorotUniform) }, on: gate(Self.or),
      loss: .perceptron, optimizer: .sgd(learningRate: 0.1), metrics: [Accuracy()], epochs: 100, batchSize: 1, seed: 3)
    let last = try #require(try training.fit().last)
    #expect(training.network.parameters == linear.parameters)
    #expect(last.training.metrics.first?.value == 1)
    #expect(try training.network.predict(gate(Self.or).inputs).values == [0, 1, 1, 1])
  }

  @Test("a logistic unit learns AND and OR", arguments: 0..<5 as Range<UInt64>)
  func logisticUnit(seed: UInt64) throws {
    for values in [Self.and, Self.or] {
      let network = try Network(input: [2], seed: seed) { Dense(1, activation: .sigmoid) }
      var training = try Training(
        network, on: gate(values), loss: .binaryCrossentropy, optimizer: .sgd(learningRate: 1), epochs: 500,
        batchSize: 1, seed: seed)
      try training.fit()
      #expect(try right(training.network, values, threshold: 0.5) == 4)
    }
  }
}

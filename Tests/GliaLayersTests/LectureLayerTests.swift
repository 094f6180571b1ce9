import Glia
import TestSupport
import Testing

/// Lecture examples with layers other than plain dense layers.
@Suite("Lectures on layers")
struct LectureLayerTests {
  /// Adds a constant to every gradient, including those of masked weights.
  private struct Drift: GradientTransform {
    static let name = "drift"
    func apply(_ gradient: MutableTensorView<Float>, weights: TensorView<Float>, _ context: UpdateContext) {
      gradient.assign(gradient.view) { $0 + 0.3 }
    }
  }

  private let mask = [[1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 1, 1]]

  /// House prices: the price depends on size and rooms, distance to the center, and income with schools.
  private func houses() throws -> Dataset {
    var random = Random(seed: 2)
    let rows = (0..<80).map { _ in (0..<4).map { _ in random.uniform(0, 1) } }
    return try Dataset(
      inputs: Tensor(rows: rows), targets: Tensor(rows: rows.map { [2 * $0[0] + $0[1] - $0[2] + 0.5 * $0[3]] }))
  }

  @Test(
    "a partly connected network: masked weights stay exactly 0, whatever transforms do to gradients",
    arguments: [false, true])
  func partlyConnected(drifts: Bool) throws {
    let network = try Network(input: [4], seed: 6) {
      MaskedDense(mask, activation: .relu, regularizer: .l2(0.001))
      Dense(1)
    }
    // 3·4 + 3 values in the file, as for a dense layer.
    #expect(network.parameterCount == 15 + 4)
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer, settings.epochs) = (MeanSquaredError(), Adam(learningRate: 0.02), 30)
    if drifts { settings.transforms = [Drift()] }
    var training = try Training(network, on: houses(), settings: settings)
    let flags = mask.flatMap { $0 }
    func isMasked(_ network: Network) throws -> Bool {
      let weight = try #require(network["layers.0.weight"]).values
      return zip(weight, flags).allSatisfy { ($0 == 0) == ($1 == 0) }
    }
    #expect(try isMasked(network))
    while let epoch = try training.next() { #expect(try isMasked(training.network), "epoch \(epoch.number)") }
    let (first, last) = (try #require(training.history.first), try #require(training.history.last))
    if !drifts {
      #expect(last.training.loss < 0.25 * first.training.loss, "\(first.training.loss) → \(last.training.loss)")
    }
  }

  @Test("nothing depends on masked weights")
  func maskedWeights() throws {
    var network = try Network(input: [4], seed: 6) { MaskedDense(mask, activation: .relu) }
    let x = try Tensor(rows: [[1, 2, 3, 4], [-1, 0.5, 2, -3]])
    let before = try network.predict(x)
    var weight = try #require(network["layers.0.weight"]).values
    for (i, flag) in mask.flatMap({ $0 }).enumerated() where flag == 0 { weight[i] = .nan }
    try network.set("layers.0.weight", to: Tensor(shape: [3, 4], weight))
    #expect(try network.predict(x) == before)
  }

  @Test(
    "invalid masks are rejected",
    arguments: [
      ([], "mask"), ([[]], "mask"), ([[1, 0], [1]], "mask.1"), ([[1, 2]], "mask.0"), ([[1, 0, 1]], "mask"),
    ]
      as [([[Int]], String)])
  func wrongMasks(mask: [[Int]], place: String) {
    let error = #expect(throws: GliaError.self) { try Network(input: [2]) { MaskedDense(mask) } }
    #expect(error?.place == "network.layers.0.\(place)")
  }

  @Test("a deep linear network equals a single linear layer")
  func deepLinear() throws {
    let deep = try Network(input: [3], seed: 9) {
      Dense(5, initializer: .randomNormal(stddev: 1))
      Dense(4, initializer: .randomNormal(stddev: 1))
      Dense(2, initializer: .randomNormal(stddev: 1))
    }
    // Collapsed column by column: W = W₃W₂W₁.
    func matrix(_ index: Int) throws -> [[Float]] {
      let tensor = try #require(deep["layers.\(index).weight"])
      return (0..<tensor.rows).map { Array(tensor[row: $0]) }
    }
    func product(_ a: [[Float]], _ b: [[Float]]) -> [[Float]] {
      a.map { row in b[0].indices.map { j in row.indices.reduce(0) { $0 + row[$1] * b[$1][j] } } }
    }
    var flat = try Network(input: [3]) { Dense(2) }
    let collapsed = product(try matrix(2), product(try matrix(1), try matrix(0)))
    try flat.set("layers.0.weight", to: Tensor(rows: collapsed))
    let x = try Tensor(rows: [[1, 2, 3], [-0.5, 0.25, 4], [0, 0, 0]])
    #expect(try deep.predict(x).values.isNear(try flat.predict(x).values, within: 1e-5))
  }

  @Test("Σ vᵢ σ(wᵢ x + bᵢ) approaches sin 2πx as units are added")
  func approximation() throws {
    let x = (0..<64).map { Float($0) / 63 }
    let data = try Dataset(
      inputs: Tensor(rows: x.map { [$0] }), targets: Tensor(rows: x.map { [.sin(2 * .pi * $0)] }))
    let errors = try [2, 4, 8, 32].map { units in
      var hidden = Dense(units, activation: .sigmoid, initializer: .randomNormal(stddev: 10))
      hidden.biasInitializer = RandomNormal(stddev: 5)
      let network = try Network(input: [1], seed: 3) {
        hidden
        Dense(1, useBias: false)
      }
      var training = try Training(
        network, on: data, loss: .meanSquaredError, optimizer: .adam(learningRate: 0.05), epochs: 400, batchSize: 64)
      try training.fit()
      return try training.evaluate(data).loss
    }
    for (fewer, more) in zip(errors, errors.dropFirst()) { #expect(more < fewer, "\(errors)") }
    #expect(errors[3] < 0.001, "\(errors)")
  }
}

import Glia
import Testing

@Suite("Training through every layer")
struct LayerTrainingTests {
  /// y = x₁ x₂ + ½ x₁ on a grid.
  private func surface() throws -> Dataset {
    let points: [[Float]] = (0..<64).map { [Float($0 / 8) / 4 - 0.875, Float($0 % 8) / 4 - 0.875] }
    return try Dataset(inputs: Tensor(rows: points), targets: Tensor(rows: points.map { [$0[0] * $0[1] + $0[0] / 2] }))
  }

  @Test("reduces the loss", arguments: 0..<15)
  func reducesLoss(index: Int) throws {
    let layers: [[any Layer]] = [
      [PReLU()], [MaskedDense([[1, 0, 1, 0, 1, 0, 1, 0], [0, 1, 1, 1, 1, 0, 0, 0]], activation: .tanh)],
      [AlphaDropout(0.05)], [GaussianNoise(0.05)], [BatchNorm()], [LayerNorm()], [RMSNorm()],
      [Reshape(2, 4), Flatten()],
      [Maxout(6)], [RadialBasis(12)], [Highway()], [Sequential { Dense(4, activation: .tanh) }],
      [Residual { Dense(8, activation: .tanh) }],
      [
        Parallel(.multiply) {
          Dense(6, activation: .tanh)
          Sequential { Dense(6) }
        }
      ],
      [Repeated(2) { Dense(8, activation: .tanh) }],
    ]
    let network = try Network(
      input: [2], seed: 4, layers: [Dense(8, activation: .tanh)] + layers[index] + [Dense(1)])
    var training = try Training(
      network, on: surface(), loss: .meanSquaredError, optimizer: .adam(learningRate: 0.02), epochs: 25, batchSize: 16)
    let history = try training.fit()
    let (first, last) = (try #require(history.first).training.loss, try #require(history.last).training.loss)
    #expect(last < 0.4 * first, "\(first) → \(last)")
  }

  @Test("an embedding learns which words are good")
  func embedding() throws {
    let words = (0..<60).map { [Float($0 % 5), Float($0 / 5 % 4)] }
    let data = try Dataset(
      inputs: Tensor(rows: words), targets: Tensor(rows: words.map { [$0[0] == 2 ? 1 : 0] }))
    let network = try Network(input: [2], seed: 1) {
      Embedding(5, 3)
      Flatten()
      Dense(1, activation: .sigmoid)
    }
    var training = try Training(
      network, on: data, loss: .binaryCrossentropy, optimizer: .adam(learningRate: 0.05), metrics: [Accuracy()],
      epochs: 40)
    try training.fit()
    #expect(try training.evaluate(data)["accuracy"] == 1)
  }

  @Test("training with the same seed gives the same bits with every random layer")
  func reproducible() throws {
    func trained(_ seed: UInt64) throws -> [Float] {
      let network = try Network(input: [2], seed: 4) {
        Residual {
          GaussianNoise(0.1)
          Dense(2, activation: .tanh)
        }
        Parallel(.average) {
          Dropout(0.2)
          AlphaDropout(0.2)
        }
        BatchNorm()
        Dense(1)
      }
      var training = try Training(
        network, on: surface(), loss: .meanSquaredError, optimizer: .adam(), epochs: 2, shuffle: false, seed: seed)
      try training.fit()
      return training.network.parameters + training.network.tensors.flatMap(\.tensor.values)
    }
    #expect(try trained(1) == trained(1))
    #expect(try trained(1) != trained(2))
  }

  @Test("resumed training continues from its running means")
  func resumed() throws {
    func training(_ epochs: Int) throws -> Training {
      var experiment = Experiment()
      (experiment.data, experiment.training.epochs) = (Moons(samples: 60, noise: 0.1), epochs)
      (experiment.training.loss, experiment.training.optimizer) = (BinaryCrossentropy(), Adam(learningRate: 0.01))
      let hidden = Residual {
        BatchNorm()
        Dropout(0.2)
        Dense(2, activation: .tanh)
      }
      experiment.network.layers = [hidden, Dense(1, activation: .sigmoid)]
      return try Preparation(experiment, with: .standard).begin()
    }
    var whole = try training(5)
    try whole.fit()
    var first = try training(2)
    try first.fit()
    var second = try training(5)
    try second.resume(from: Checkpoint(first))
    try second.fit()
    #expect(second.network.tensors.map(\.tensor) == whole.network.tensors.map(\.tensor))
    #expect(second.network["layers.0.layers.0.running_mean"] != first.network["layers.0.layers.0.running_mean"])
  }
}

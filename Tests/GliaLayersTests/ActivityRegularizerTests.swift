import Glia
import TestSupport
import Testing

@Suite("Activity regularization")
struct ActivityRegularizerTests {
  private func dense(_ units: Int, _ activation: some Activation, _ penalty: any Regularizer, useBias: Bool = false)
    -> Dense
  {
    var dense = Dense(units, activation: activation, useBias: useBias)
    dense.activityRegularizer = penalty
    return dense
  }

  @Test("the penalty is the mean over samples, and so is its gradient")
  func linear() throws {
    // y = 2 and 6: ½ · 4 and ½ · 36 have the mean 10, as do the derivatives 2 · 1 and 2 · 9.
    var network = try Network(input: [1], layers: [dense(1, .linear, .l2(0.5))])
    try network.set("layers.0.weight", to: Tensor(shape: [1, 1], [2]))
    var training = try Training(
      network, on: Dataset(inputs: Tensor(rows: [[1], [3]]), targets: [Column("y", [2, 6])]), loss: .halfSquaredError,
      optimizer: .sgd(learningRate: 0.01), epochs: 1, batchSize: 2)
    let next = try training.next()
    let epoch = try #require(next)
    #expect(epoch.training.loss == 0 && epoch.penalty == 10)
    #expect(training.network.parameters.isClose(to: [1.9]))
  }

  @Test("an output with an activity penalty is not fused with its loss")
  func sigmoid() throws {
    // At w = 0, y = ½: the gradient of the first sample is -½ from the loss and 0.8 · ¼ from the penalty; the second has x = 0.
    var network = try Network(input: [1], layers: [dense(1, .sigmoid, .l1(0.8))])
    try network.set("layers.0.weight", to: Tensor(shape: [1, 1], [0]))
    var training = try Training(
      network, on: Dataset(inputs: Tensor(rows: [[1], [0]]), targets: [Column("y", [1, 0])]),
      loss: .binaryCrossentropy, optimizer: .sgd(learningRate: 1), metrics: [Accuracy()], epochs: 1, shuffle: false)
    let next = try training.next()
    let epoch = try #require(next)
    #expect(abs(epoch.training.loss - 0.6931472) < 1e-6 && abs(epoch.penalty - 0.4) < 1e-6)
    #expect(epoch.training["accuracy"] == 0.5)
    #expect(training.network.parameters.isClose(to: [0.15]))
  }

  @Test("gradients of hidden layers match finite differences", arguments: [1, 3, 7])
  func hidden(batch: Int) throws {
    let layers: [any Layer] = [
      dense(3, .tanh, .l2(0.3), useBias: true), dense(2, .sigmoid, .l2(0.7), useBias: true), Dense(1),
    ]
    let network = try Network(input: [2], seed: 8, layers: layers)
    var random = Random(seed: 2)
    let data = try Dataset(
      inputs: Tensor(shape: [batch, 2], (0..<2 * batch).map { _ in Float(random.normal()) }),
      targets: [Column("y", (0..<batch).map { _ in Float(random.normal()) })])
    func epoch(_ network: Network, rate: Float) throws -> (objective: Double, parameters: [Float]) {
      var training = try Training(
        network, on: data, loss: .meanSquaredError, optimizer: .sgd(learningRate: rate), epochs: 1, batchSize: batch)
      let next = try training.next()
      let epoch = try #require(next)
      return (epoch.training.loss + epoch.penalty, training.network.parameters)
    }
    let stepped = try epoch(network, rate: 0.0625).parameters
    for (tensor, place) in zip(network.tensors, places(of: network)) {
      for i in tensor.tensor.values.indices {
        func objective(_ distance: Float) throws -> Double {
          var moved = network
          var values = tensor.tensor.values
          values[i] += distance
          try moved.set(tensor.name, to: Tensor(shape: tensor.tensor.shape, values))
          return try epoch(moved, rate: 1e-30).objective
        }
        let slope = try (objective(0x1p-6) - objective(-0x1p-6)) * 0x1p5
        let gradient = Double(network.parameters[place + i] - stepped[place + i]) / 0.0625
        #expect(abs(slope - gradient) < 5e-4, "\(tensor.name) \(i)")
      }
    }
  }

  private func places(of network: Network) -> [Int] {
    network.tensors.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.tensor.values.count) }
  }
}

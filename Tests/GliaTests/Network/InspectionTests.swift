import Foundation
import Glia
import Testing

@Suite("Inspection")
struct InspectionTests {
  /// The classical 2-2-2 backpropagation example.
  private func example() throws -> (Network, Dataset) {
    var network = try Network(input: [2]) {
      Dense(2, activation: .sigmoid)
      Dense(2, activation: .sigmoid)
    }
    try network.set("layers.0.weight", to: Tensor(shape: [2, 2], [0.15, 0.20, 0.25, 0.30]))
    try network.set("layers.0.bias", to: Tensor(shape: [2], [0.35, 0.35]))
    try network.set("layers.1.weight", to: Tensor(shape: [2, 2], [0.40, 0.45, 0.50, 0.55]))
    try network.set("layers.1.bias", to: Tensor(shape: [2], [0.60, 0.60]))
    let data = try Dataset(
      inputs: Tensor(rows: [[0.05, 0.10]]), targets: Tensor(rows: [[0.01, 0.99]]))
    return (network, data)
  }

  private func expect(_ values: [Float]?, _ expected: [Float], within tolerance: Float = 1e-5) throws {
    let values = try #require(values)
    #expect(values.count == expected.count)
    for (value, right) in zip(values, expected) { #expect(abs(value - right) <= tolerance, "\(values)") }
  }

  @Test("activations of every layer")
  func activations() throws {
    let (network, data) = try example()
    let layers = try network.activations(for: data.inputs)
    #expect(layers.map(\.shape) == [[1, 2], [1, 2]])
    try expect(layers[0].values, [0.59327, 0.59688])
    try expect(layers[1].values, [0.75136, 0.77292])
    #expect(try network.activations(for: Tensor(shape: [0, 2], [])).map(\.rows) == [0, 0])
    #expect(throws: GliaError.self) { try network.activations(for: Tensor(rows: [[1, 2, 3]])) }
  }

  @Test("activations work with nested layers, state and any number of rows")
  func manyRows() throws {
    let network = try Network(input: [2], seed: 1) {
      Dense(3, activation: .relu)
      Dropout(0.5)
      Dense(1)
    }
    let x = try Moons(samples: 700).load().inputs
    let layers = try network.activations(for: x)
    #expect(layers[1] == layers[0])
    #expect(layers[2] == (try network.predict(x)))
  }

  @Test("loss and metrics of a network without training")
  func evaluation() throws {
    let (network, data) = try example()
    #expect(abs(try network.evaluate(data, loss: .halfSquaredError).loss - 0.298371109) < 1e-6)
    let moons = try Moons(samples: 700).load()
    let classifier = try Network(input: [2], seed: 1) { Dense(1, activation: .sigmoid) }
    let result = try classifier.evaluate(moons, loss: .binaryCrossentropy, metrics: [Accuracy()])
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer, settings.metrics) = (BinaryCrossentropy(), Adam(), [Accuracy()])
    #expect(result == (try Training(classifier, on: moons, settings: settings).evaluate(moons)))
    // With the classes swapped, correct predictions become wrong.
    let turned = try classifier.evaluate(
      moons, loss: .binaryCrossentropy, metrics: [Accuracy()], classes: ["1", "0"])
    #expect(abs((turned["accuracy"] ?? 0) + (result["accuracy"] ?? 0) - 1) < 1e-6)
    let one = try Dataset(inputs: Tensor(rows: [[1]]), targets: Tensor(rows: [[1]]))
    #expect(throws: GliaError.self) { try classifier.evaluate(one, loss: .binaryCrossentropy) }
    #expect(throws: GliaError.self) { try classifier.evaluate(moons, loss: .sparseCategoricalCrossentropy) }
    #expect(throws: GliaError.self) {
      try network.evaluate(data, loss: .halfSquaredError, metrics: [TopKAccuracy(k: -1)])
    }
  }

  @Test("gradients with respect to parameters match manual calculation")
  func gradients() throws {
    let (network, data) = try example()
    let gradients = try network.gradients(of: .halfSquaredError, on: data)
    #expect(abs(gradients.loss - 0.298371) < 1e-5)
    let last = try #require(gradients["layers.1.weight"])
    try expect([last.values[0], last.values[2]], [0.08217, -0.0226])
    try expect(gradients["layers.0.weight"].map { Array($0.values.prefix(1)) }, [0.000438568], within: 1e-7)
    #expect(gradients.parameters.map(\.name) == network.tensors.map(\.name))
    #expect(gradients["layers.7.weight"] == nil)
  }

  @Test("gradients with respect to inputs match finite differences of the loss", arguments: [false, true])
  func inputGradients(isWeighted: Bool) throws {
    let network = try Network(input: [2], seed: 3) {
      Dense(5, activation: .tanh)
      Dense(3, activation: .softmax)
    }
    let points: [[Float]] = [[0.5, -1], [1.5, 0.25], [-0.75, 0.5]]
    func data(_ points: [[Float]]) throws -> Dataset {
      try Dataset(
        inputs: Tensor(rows: points), targets: [Column("class", [0, 1, 2])], weights: isWeighted ? [1, 2, 0.5] : nil)
    }
    let loss = SparseCategoricalCrossentropy.sparseCategoricalCrossentropy
    let gradient = try network.gradients(of: loss, on: data(points)).inputs
    #expect(gradient.shape == [3, 2])
    let step: Float = 0x1p-6
    for row in 0..<3 {
      for column in 0..<2 {
        func moved(_ distance: Float) throws -> Float {
          var moved = points
          moved[row][column] += distance
          return try network.gradients(of: loss, on: data(moved)).loss
        }
        let slope = (try moved(step) - moved(-step)) / (2 * step)
        #expect(abs(slope - gradient[row: row][gradient[row: row].startIndex + column]) < 1e-3)
      }
    }
  }

  @Test("the learning-rate finder suggests a useful rate and does not change the network")
  func learningRateFinder() throws {
    let data = try Moons(samples: 400, noise: 0.05).load()
    let network = try Network(input: [2], seed: 5) {
      Dense(8, activation: .tanh)
      Dense(1, activation: .sigmoid)
    }
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer) = (BinaryCrossentropy(), SGD(learningRate: 0.01))
    let curve = try LearningRateFinder(from: 1e-5, to: 100, steps: 300).run(network, on: data, settings: settings)
    #expect(curve.rates.count == curve.losses.count && curve.rates.first == 1e-5)
    let suggestion = try #require(curve.suggestion)
    #expect(suggestion > 0.01 && suggestion < 20, "\(suggestion)")

    func loss(at rate: Double) throws -> Double {
      var training = try Training(
        network, on: data, loss: .binaryCrossentropy, optimizer: .sgd(learningRate: Float(rate)), epochs: 20)
      return try #require(try training.fit().last?.training.loss)
    }
    let suggested = try loss(at: suggestion)
    let timid = try loss(at: 1e-4)
    #expect(suggested < 0.5 * timid, "\(suggested) at \(suggestion), \(timid) at 1e-4")
    #expect(throws: GliaError.self) {
      try LearningRateFinder(from: 1, to: 0.1).run(network, on: data, settings: settings)
    }
  }
}

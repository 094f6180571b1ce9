import Glia
import Testing

/// Examples calculated by hand in lectures on feed-forward networks.
@Suite("Examples calculated by hand")
struct LectureTests {
  @Test("one sigmoid neuron: z = 13.6")
  func neuron() throws {
    var network = try Network(input: [3]) { Dense(1) }
    try network.set("layers.0.weight", to: Tensor(shape: [1, 3], [0.5, 0.2, 10]))
    try network.set("layers.0.bias", to: Tensor(shape: [1], [2]))
    let x = try Tensor(rows: [[2, 3, 1]])
    #expect(try network.predict(x).values == [13.6])

    var neuron = try Network(input: [3]) { Dense(1, activation: .sigmoid) }
    try neuron.setAll(network.tensors)
    let y = try neuron.predict(x).values[0]
    #expect(y > 0.999 && y < 1)
  }

  @Test("forward pass through 3-2-2 sigmoid units")
  func forward() throws {
    func network(_ activation: some Activation) throws -> Network {
      var network = try Network(input: [3]) {
        Dense(2, activation: .sigmoid)
        Dense(2, activation: activation)
      }
      try network.set("layers.0.weight", to: Tensor(rows: [[0.1, 0.2, 0.6], [0.4, 0.3, 0.1]]))
      try network.set("layers.0.bias", to: Tensor(shape: [2], [0.4, 0.2]))
      try network.set("layers.1.weight", to: Tensor(rows: [[0.2, 0.1], [0.1, 0.4]]))
      try network.set("layers.1.bias", to: Tensor(shape: [2], [0.6, 0.3]))
      return network
    }
    let x = try Tensor(rows: [[3, 0, 1]])
    expect(try network(.linear).predict(x).values, [0.8389, 0.7056], within: 5e-5)
    expect(try network(.sigmoid).predict(x).values, [0.6982, 0.6694], within: 5e-5)

    var first = try Network(input: [3]) { Dense(2) }
    for name in ["layers.0.weight", "layers.0.bias"] {
      try first.set(name, to: #require(network(.linear)[name]))
    }
    expect(try first.predict(x).values, [1.3, 1.5], within: 1e-6)
  }

  @Test("parameter counts of 3-5-1, and of 12 units with 8 inputs")
  func parameterCounts() throws {
    let network = try Network(input: [3]) {
      Dense(5)
      Dense(1)
    }
    #expect(network.parameterCount == 26)
    #expect(try Network(input: [8]) { Dense(12) }.parameterCount == 108)
  }

  /// The 2-2-2 network of the classical backpropagation example, where the units of a layer share a bias.
  private func backpropagationExample() throws -> Network {
    var network = try Network(input: [2]) {
      Dense(2, activation: .sigmoid)
      Dense(2, activation: .sigmoid)
    }
    try network.set("layers.0.weight", to: Tensor(rows: [[0.15, 0.20], [0.25, 0.30]]))
    try network.set("layers.0.bias", to: Tensor(shape: [2], [0.35, 0.35]))
    try network.set("layers.1.weight", to: Tensor(rows: [[0.40, 0.45], [0.50, 0.55]]))
    try network.set("layers.1.bias", to: Tensor(shape: [2], [0.60, 0.60]))
    return network
  }

  private func backpropagationData() throws -> Dataset {
    try Dataset(inputs: Tensor(rows: [[0.05, 0.10]]), targets: Tensor(rows: [[0.01, 0.99]]))
  }

  @Test("backpropagation: outputs and error")
  func backpropagationForward() throws {
    let network = try backpropagationExample()
    let data = try backpropagationData()
    expect(try network.predict(data.inputs).values, [0.75136507, 0.77292847], within: 1e-6)
    let training = try Training(network, on: data, loss: .halfSquaredError, optimizer: .sgd(learningRate: 0.5))
    #expect(abs(try training.evaluate(data).loss - 0.298371109) < 1e-6)
  }

  @Test("backpropagation: weights after one step at rate 0.5")
  func backpropagationStep() throws {
    var training = try Training(
      backpropagationExample(), on: backpropagationData(), loss: .halfSquaredError, optimizer: .sgd(learningRate: 0.5),
      epochs: 1)
    let next = try training.next()
    let epoch = try #require(next)
    #expect(abs(epoch.training.loss - 0.298371109) < 1e-6)
    let after = training.network
    expect(
      try #require(after["layers.1.weight"]).values, [0.35891648, 0.40866619, 0.51130127, 0.56137012], within: 1e-6)
    expect(
      try #require(after["layers.0.weight"]).values, [0.14978072, 0.19956143, 0.24975114, 0.29950229], within: 1e-6)
  }

  @Test("backpropagation: gradients, read off a step at rate 1")
  func backpropagationGradients() throws {
    let before = try backpropagationExample()
    var training = try Training(
      before, on: backpropagationData(), loss: .halfSquaredError, optimizer: .sgd(learningRate: 1), epochs: 1)
    try training.fit()
    func gradient(_ name: String) throws -> [Float] {
      let (old, new) = (try #require(before[name]), try #require(training.network[name]))
      return zip(old.values, new.values).map { $0 - $1 }
    }
    let upper = try gradient("layers.1.weight")
    expect([upper[0], upper[2]], [0.08216704, -0.02260254], within: 1e-6)
    expect([try gradient("layers.0.weight")[0]], [0.000438568], within: 1e-7)
  }

  private func expect(
    _ values: [Float], _ expected: [Float], within tolerance: Float, _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(values.count == expected.count, sourceLocation: location)
    for (value, wanted) in zip(values, expected) {
      #expect(abs(value - wanted) <= tolerance, "\(value) is not \(wanted)", sourceLocation: location)
    }
  }
}

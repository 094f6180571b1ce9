import Glia
import Testing

@Suite("Checkpoints and their data")
struct CheckpointDataTests {
  private let x: [[Float]] = [[0, 1], [1, 0], [2, 1], [3, 5]]

  private func training(
    x: [[Float]]? = nil, names: [String] = ["a", "b"], target: String = "y", labels: [String] = ["p", "q", "p", "q"],
    weights: [Float]? = nil, rate: Float = 0.1, units: Int = 2
  ) throws -> Training {
    let data = try Dataset(
      inputs: Tensor(rows: x ?? self.x), inputNames: names, targets: [Column(target, text: labels)], weights: weights)
    let network = try Network(input: [2], seed: 1) {
      Dense(units, activation: .tanh)
      Dense(1, activation: .sigmoid)
    }
    return try Training(
      network, on: data, loss: .binaryCrossentropy, optimizer: .sgd(learningRate: rate), epochs: 4, batchSize: 2)
  }

  private func refusal(_ training: consuming Training) throws -> String {
    var first = try self.training()
    _ = try first.next()
    let checkpoint = Checkpoint(first)
    do { try training.resume(from: checkpoint) } catch let error as GliaError { return "\(error)" }
    return ""
  }

  @Test("training resumes with the same data")
  func same() throws { #expect(try refusal(training()) == "") }

  @Test("different names, classes, counts and values are rejected by name")
  func others() throws {
    #expect(try refusal(training(names: ["b", "a"])).contains("number 1 of its features is 'a', not 'b'"))
    #expect(try refusal(training(target: "z")).contains("number 1 of its targets is 'y', not 'z'"))
    #expect(try refusal(training(labels: ["p", "r", "p", "r"])).contains("number 2 of its classes is 'q', not 'r'"))
    #expect(
      try refusal(training(x: x + [[9, 9]], labels: ["p", "q", "p", "q", "p"]))
        .contains("it has 4 samples for training, not 5"))
    let other = "other values or another order of rows"
    #expect(try refusal(training(x: [[0, 1], [1, 0], [2, 1], [3, 5.000001]])).contains(other))
    #expect(try refusal(training(x: [x[1], x[0], x[2], x[3]])).contains(other))
    #expect(try refusal(training(labels: ["p", "q", "q", "p"])).contains(other))
    #expect(try refusal(training(weights: [1, 1, 1, 2])).contains(other))
    // Swapping columns together with their names.
    #expect(try refusal(training(x: x.map { [$0[1], $0[0]] })).contains(other))
  }

  @Test("different training settings and networks are rejected")
  func settings() throws {
    #expect(try refusal(training(rate: 0.2)).contains("training.optimizer.learning_rate is 0.1, not 0.2"))
    #expect(try refusal(training(units: 3)).contains("network.layers.0.units is 2, not 3"))
  }
}

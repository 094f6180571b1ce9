import Foundation
import Glia
import Testing

@Suite("Training")
struct TrainingTests {
  private func moons() throws -> Dataset { try Moons(samples: 200, noise: 0.1).load() }

  private func network(dropout: Bool = false) throws -> Network {
    try Network(input: [2], seed: 5) {
      Dense(8, activation: .tanh, regularizer: .l2(0.0001))
      if dropout { Dropout(0.3) }
      Dense(1, activation: .sigmoid)
    }
  }

  private func training(
    epochs: Int = 6, dropout: Bool = false, rate: Float = 0.05, callbacks: [any Callback] = []
  ) throws -> Training {
    try Training(
      network(dropout: dropout), on: moons(), validation: Moons(samples: 60, noise: 0.1, seed: 9).load(),
      loss: .binaryCrossentropy, optimizer: .adam(learningRate: rate), schedule: ExponentialSchedule(factor: 0.999),
      metrics: [Accuracy()], epochs: epochs, seed: 11, callbacks: callbacks)
  }

  @Test("training epoch by epoch gives the same result as fit")
  func loop() throws {
    var one = try training()
    try one.fit()
    var other = try training()
    var count = 0
    while let epoch = try other.next() {
      count += 1
      #expect(epoch.number == count)
      #expect(epoch.steps == count * 7)
    }
    #expect(count == 6)
    #expect(one.network.parameters == other.network.parameters)
    #expect(one.stopReason == .completed)
    let next = try other.next()
    #expect(next == nil)
  }

  @Test(
    "stochastic, mini-batch and full-batch: n, n/b and 1 steps per epoch", arguments: [(1, 200), (64, 4), (1000, 1)])
  func batches(size: Int, steps: Int) throws {
    var training = try Training(
      network(), on: moons(), loss: .binaryCrossentropy, optimizer: .sgd(), epochs: 1, batchSize: size)
    let next = try training.next()
    #expect(next?.steps == steps)
  }

  @Test("the reported loss is the mean over samples, without the penalty")
  func reportedLoss() throws {
    let data = try moons()
    var training = try Training(
      network(), on: data, loss: .binaryCrossentropy, optimizer: .sgd(learningRate: 1e-12), metrics: [Accuracy()],
      epochs: 1, batchSize: 33)
    let before = try training.evaluate(data)
    let next = try training.next()
    let epoch = try #require(next)
    #expect(abs(epoch.training.loss - before.loss) < 1e-6)
    // Shuffled batches are compared with their own targets.
    #expect(epoch.training["accuracy"] == before["accuracy"])
    let tensor = try network()["layers.0.weight"]
    let weight = try #require(tensor).values
    #expect(abs(epoch.penalty - 0.0001 * Double(weight.map { $0 * $0 }.reduce(0, +))) < 1e-8)
  }

  @Test("a diverging run stops before the update and reports where")
  func divergence() throws {
    var training = try Training(
      Network(input: [2]) {
        Dense(8, activation: .relu)
        Dense(1)
      }, on: moons(), loss: .meanSquaredError, optimizer: .sgd(learningRate: 1e8), epochs: 50)
    var error: GliaError?
    do { try training.fit() } catch let thrown as GliaError { error = thrown }
    #expect(error?.category == .divergence)
    #expect(error?.place?.contains("epoch") == true && error?.place?.contains("learning rate") == true)
    #expect(training.network.parameters.allSatisfy { $0.isFinite })
    #expect(training.stopReason == .diverged)
    let next = try training.next()
    #expect(next == nil)
  }

  @Test("learning rates of 0 or less are rejected", arguments: [0, -0.1, .infinity, .nan] as [Float])
  func wrongRate(rate: Float) {
    let error = #expect(throws: GliaError.self) { _ = try training(rate: rate) }
    #expect(error?.place == "training.optimizer.learning_rate")
  }

  @Test("early stopping restores the best weights")
  func earlyStopping() throws {
    var training = try training(epochs: 400, rate: 0.5, callbacks: [EarlyStopping(patience: 3)])
    try training.fit()
    #expect(training.stopReason == .earlyStopping)
    let history = training.history
    let losses = history.compactMap { $0.validation?.loss }
    let best = losses.min() ?? 0
    let now = try training.evaluate(Moons(samples: 60, noise: 0.1, seed: 9).load()).loss
    #expect(history.count < 400)
    #expect(abs(now - best) < 1e-9)
  }

  @Test("early stopping without a validation set monitors only the loss")
  func earlyStoppingWithoutValidation() {
    #expect(throws: GliaError.self) {
      _ = try Training(
        network(), on: moons(), loss: .binaryCrossentropy, optimizer: .sgd(),
        callbacks: [EarlyStopping(monitor: "validation_loss", patience: 1)])
    }
  }

  @Test("resumed training gives the same bits as uninterrupted training", arguments: [false, true])
  func resume(midEpoch: Bool) throws {
    let registry = Registry.standard
    var experiment = Experiment()
    experiment.data = Moons(samples: 100, noise: 0.1)
    experiment.split = RandomSplit(test: 0.2, validation: 0.2)
    experiment.network.layers = [Dense(6, activation: .tanh), Dropout(0.2), Dense(1, activation: .sigmoid)]
    (experiment.training.loss, experiment.training.optimizer) = (BinaryCrossentropy(), Adam(learningRate: 0.05))
    (experiment.training.epochs, experiment.training.batchSize) = (8, 16)
    experiment.training.callbacks = [EarlyStopping(patience: 100)]

    let preparation = try Preparation(experiment, with: registry)
    var whole = try preparation.begin()
    try whole.fit()

    var first = try preparation.begin()
    for _ in 0..<3 { _ = try first.next() }
    if midEpoch {
      let counter = Counter(limit: 2)
      first.isInterrupted = { counter.isReached() }
      let next = try first.next()
      #expect(next == nil)
      #expect(first.stopReason == .interrupted)
    }
    let path = FileManager.default.temporaryDirectory.appending(path: "glia-\(UUID().uuidString).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Checkpoint(first).write(to: path)

    var second = try preparation.begin()
    try second.resume(from: Checkpoint(contentsOf: path, with: registry))
    try second.fit()
    #expect(second.network.parameters == whole.network.parameters)
    #expect(second.history.map(\.training) == whole.history.map(\.training))
    #expect(second.history.map(\.validation) == whole.history.map(\.validation))
  }

  @Test("dropout depends on the seed")
  func dropout() throws {
    var one = try training(dropout: true)
    try one.fit()
    var other = try training(dropout: true)
    try other.fit()
    #expect(one.network.parameters == other.network.parameters)
    var without = try training()
    try without.fit()
    #expect(one.network.parameters != without.network.parameters)
  }

  @Test("sample weights: weight 2 counts a sample twice, weight 0 not at all")
  func weights() throws {
    let x = try Tensor(rows: [[0, 1], [1, 0], [1, 1]])
    let weighted = try Dataset(inputs: x, targets: [Column("y", [0, 1, 1])], weights: [2, 1, 0])
    let repeated = try Dataset(
      inputs: Tensor(rows: [[0, 1], [0, 1], [1, 0]]), targets: [Column("y", [0, 0, 1])])
    func trained(_ data: Dataset) throws -> [Float] {
      var training = try Training(
        network(), on: data, loss: .binaryCrossentropy, optimizer: .sgd(learningRate: 0.5), epochs: 5, batchSize: 3)
      try training.fit()
      return training.network.parameters
    }
    for (a, b) in zip(try trained(weighted), try trained(repeated)) { #expect(abs(a - b) < 1e-6) }
  }

  @Test("two training runs can run at the same time")
  func sideBySide() async throws {
    var alone = try training()
    try alone.fit()
    let expected = alone.network.parameters
    let results = try await withThrowingTaskGroup(of: [Float].self) { group in
      for _ in 0..<4 {
        group.addTask {
          var training = try self.training()
          try training.fit()
          return training.network.parameters
        }
      }
      return try await group.reduce(into: [[Float]]()) { $0.append($1) }
    }
    #expect(results.allSatisfy { $0 == expected })
  }
}

/// Counts calls, to interrupt training after a number of steps.
private final class Counter: @unchecked Sendable {
  private var calls = 0
  private let limit: Int
  init(limit: Int) { self.limit = limit }
  func isReached() -> Bool {
    calls += 1
    return calls >= limit
  }
}

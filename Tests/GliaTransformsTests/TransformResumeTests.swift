import Foundation
import Glia
import Testing

@Suite("Resuming with transforms")
struct TransformResumeTests {
  @Test(
    "gives the same bits as uninterrupted training",
    arguments: [
      [.clipByValue(0.1)], [.clipByNorm(0.1)], [.clipByGlobalNorm(0.1)], [.weightDecay(0.1)],
      [.weightDecay(0.1, decoupled: true)], [.gradientNoise(eta: 0.1)], [.weightNoise(0.1)], [.accumulation(3)],
      [.lookahead(steps: 3)], [.exponentialAverage(momentum: 0.8)],
      [.accumulation(2), .clipByGlobalNorm(0.1), .gradientNoise(), .lookahead(steps: 3), .exponentialAverage()],
    ] as [[any Transform]], [0, 2])
  func resume(transforms: [any Transform], stepsIntoAnEpoch: Int) throws {
    var experiment = Experiment()
    experiment.data = Moons(samples: 80, noise: 0.1)
    experiment.split = RandomSplit(validation: 0.2)
    experiment.network.layers = [
      Dense(5, activation: .tanh, constraint: .maxNorm(1.5)), Dense(3, activation: .tanh),
      Dense(1, activation: .sigmoid),
    ]
    (experiment.training.loss, experiment.training.optimizer) = (BinaryCrossentropy(), Adam(learningRate: 0.05))
    (experiment.training.epochs, experiment.training.batchSize) = (6, 16)
    experiment.training.transforms = transforms
    experiment.training.augmentations = [.noise(0.1), .mixup()]
    experiment.training.groups = [
      ParameterGroup("layers.0.bias", trainable: false),
      ParameterGroup("layers.1", optimizer: Momentum(learningRate: 0.1)),
    ]
    experiment.training.callbacks = [EarlyStopping(patience: 100)]
    let preparation = try Preparation(experiment, with: .standard)
    var whole = try preparation.begin()
    try whole.fit()

    var first = try preparation.begin()
    for _ in 0..<2 { _ = try first.next() }
    if stepsIntoAnEpoch > 0 {
      let counter = StepCounter(stepsIntoAnEpoch)
      first.isInterrupted = { counter.isReached() }
      let next = try first.next()
      #expect(next == nil && first.stopReason == .interrupted)
    }
    let path = FileManager.default.temporaryDirectory.appending(path: "glia-\(UUID().uuidString).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Checkpoint(first).write(to: path)

    var second = try preparation.begin()
    try second.resume(from: Checkpoint(contentsOf: path, with: .standard))
    #expect(second.network.parameters == first.network.parameters)
    try second.fit()
    #expect(second.network.parameters == whole.network.parameters)
    #expect(second.history.map(\.training) == whole.history.map(\.training))
    #expect(second.history.map(\.validation) == whole.history.map(\.validation))
    #expect(second.steps == whole.steps)
  }

  @Test("finished training with an average continues from the raw weights")
  func goOn() throws {
    func preparation(_ epochs: Int) throws -> Preparation {
      var experiment = try #require(BuiltInExperiment.all.first).experiment
      experiment.training.epochs = epochs
      experiment.training.transforms = [.exponentialAverage(momentum: 0.9)]
      return try Preparation(experiment, with: .standard)
    }
    var whole = try preparation(4).begin()
    try whole.fit()
    var first = try preparation(2).begin()
    try first.fit()
    var second = try preparation(4).begin()
    try second.resume(from: Checkpoint(first))
    #expect(second.network.parameters == first.network.parameters)
    try second.fit()
    #expect(second.network.parameters == whole.network.parameters)
  }
}

/// Returns true after a number of steps.
private final class StepCounter: @unchecked Sendable {
  private var rest: Int
  init(_ steps: Int) { rest = steps }
  func isReached() -> Bool {
    rest -= 1
    return rest <= 0
  }
}

import Foundation
import Glia
import TestSupport
import Testing

@Suite("Schedule-free optimizers")
struct ScheduleFreeTests {
  /// f = ½ w², η ½, β₁ ½, from 2. z = 1, ½, 0.1875; x = 1, ¾, 0.5625; y = 1, 0.625, 0.375.
  @Test("gradients are computed at y, and the average x is evaluated")
  func byHand() throws {
    var training = try smallTraining(
      weight: [2], validates: true, optimizer: .scheduleFreeSGD(learningRate: 0.5, beta1: 0.5))
    for (x, y) in [(1, 2), (0.75, 1), (0.5625, 0.625)] as [(Float, Double)] {
      let epoch = try training.next()
      #expect(training.network.parameters == [x])
      #expect(epoch?.training.loss == y * y / 2)
      #expect(epoch?.validation?.loss == Double(x * x / 2))
    }
  }

  /// Rates ½ and 1: the second step counts four times, so x = 1 + ⅘ (0 - 1) = 0.2 with z = 1 - 1 · 1.
  @Test("steps count by the square of the largest rate")
  func rates() throws {
    var runner = try OptimizerRunner(ScheduleFreeSGD(learningRate: 0.5, beta1: 0.5), from: [2])
    try runner.update([2])
    runner.learningRate = 1
    try runner.update([1])
    #expect(abs(try runner.averaged()[0] - 0.2) < 1e-6)
  }

  private func preparation(_ optimizer: any Optimizer, group: (any Optimizer)? = nil) throws -> Preparation {
    var experiment = Experiment()
    experiment.data = Moons(samples: 80, noise: 0.1)
    experiment.split = RandomSplit(validation: 0.2)
    experiment.network.layers = [
      Dense(5, activation: .tanh, constraint: .maxNorm(1.5)), Dense(3, activation: .tanh),
      Dense(1, activation: .sigmoid),
    ]
    (experiment.training.loss, experiment.training.optimizer) = (BinaryCrossentropy(), optimizer)
    (experiment.training.epochs, experiment.training.batchSize) = (6, 16)
    experiment.training.groups = [ParameterGroup("layers.0.bias", trainable: false)]
    if let group { experiment.training.groups.append(ParameterGroup("layers.1", optimizer: group)) }
    return try Preparation(experiment, with: .standard)
  }

  @Test(
    "checkpoints resume to the bit",
    arguments: [
      (.scheduleFreeSGD(), nil), (.scheduleFreeAdamW(weightDecay: 0.1, decays: .weights), nil),
      (.adam(), .scheduleFreeAdamW()), (.sam(.scheduleFreeSGD()), .muon()), (.muon(vectors: .scheduleFreeSGD()), nil),
      (.prodigy(), .prodigy(learningRate: 0.5)), (.adafactor(), .adopt()), (.ademamix(), .adabelief()),
    ] as [(any Optimizer, (any Optimizer)?)])
  func resume(optimizer: any Optimizer, group: (any Optimizer)?) throws {
    let preparation = try preparation(optimizer, group: group)
    var whole = try preparation.begin()
    try whole.fit()
    var first = try preparation.begin()
    for _ in 0..<3 { _ = try first.next() }
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
  }

  @Test("a group's average is evaluated, the rest as trained")
  func groups() throws {
    var training = try smallTraining(weight: [2], bias: 1, optimizer: .sgd(learningRate: 0.5)) {
      $0.groups = [ParameterGroup("layers.0.bias", optimizer: ScheduleFreeSGD(learningRate: 0.25, beta1: 0.5))]
    }
    // g = 3: w = ½; z = ¼, x = y = ¼. Then g = ¾: w = ⅛; z = 1/16, x = (¼ + 1/16) / 2.
    _ = try training.next()
    #expect(training.network.parameters == [0.5, 0.25])
    _ = try training.next()
    #expect(training.network.parameters == [0.125, 0.15625])
  }
}

import Foundation
import Glia
import TestSupport
import Testing

/// With y = w x, x = 1, target 0 and half the squared error, sgd turns w into (1 - rate) w, and the loss is w²/2.
@Suite("Best weights match their metric value and epoch")
struct BestWeightsTests {
  private func training(
    rate: Float, epochs: Int = 30, samples: Int = 1, batch: Int = 1, validates: Bool = false,
    _ callbacks: any Callback...
  ) throws -> Training {
    try smallTraining(
      weight: [1], x: [[Float]](repeating: [1], count: samples), validates: validates,
      optimizer: SGD(learningRate: rate), batchSize: batch, epochs: epochs
    ) { $0.callbacks = callbacks }
  }

  @Test("if the loss only rises, the initial weights are restored")
  func beforeTheFirstStep() throws {
    var training = try training(rate: 3, .earlyStopping(monitor: "loss", patience: 2))
    try training.fit()
    // w = 1, -2, 4: losses 1/2, 2, 8; the history contains those before each update.
    #expect(training.history.map(\.training.loss) == [0.5, 2])
    #expect(training.history.compactMap { $0.measured?.loss } == [2, 8])
    #expect(training.network.parameters == [1])
    #expect(training.restored?.epoch == 0 && training.restored?.value == "loss 0.5")
    #expect(training.stopReason == .earlyStopping)
  }

  @Test("if the loss falls, the weights with the best loss are kept, also with batches", arguments: [1, 2, 4])
  func falling(batch: Int) throws {
    var training = try training(rate: 0.5, epochs: 3, samples: 4, batch: batch, .earlyStopping(patience: 2))
    try training.fit()
    let steps = 3 * 4 / batch
    let weight = Float(pow(0.5, Double(steps)))
    #expect(training.network.parameters == [weight])
    #expect(
      training.restored?.epoch == 3 && training.restored?.value == "loss \((0.5 * Double(weight * weight)).brief)")
  }

  @Test("validation uses the weights of its epoch")
  func validated() throws {
    var training = try training(rate: 3, validates: true, .earlyStopping(patience: 2))
    try training.fit()
    #expect(training.history.compactMap { $0.validation?.loss } == [2, 8, 32])
    #expect(training.restored?.epoch == 1 && training.restored?.value == "validation_loss 2")
    #expect(training.network.parameters == [-2] && training.history.allSatisfy { $0.measured == nil })
  }

  @Test("nothing is restored unless requested")
  func plain() throws {
    var training = try training(rate: 0.5, epochs: 2, .earlyStopping(patience: 2, restoreBest: false))
    try training.fit()
    #expect(training.restored == nil && training.history.allSatisfy { $0.measured == nil })
  }

  @Test("resumed training restores the same weights", arguments: [1, 2])
  func resumed(epochs: Int) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "glia-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    func training() throws -> Training { try self.training(rate: 3, .earlyStopping(monitor: "loss", patience: 4)) }
    var whole = try training()
    try whole.fit()
    var first = try training()
    for _ in 0..<epochs { _ = try first.next() }
    try Checkpoint(first).write(to: path)
    var second = try training()
    try second.resume(from: Checkpoint(contentsOf: path, with: .standard))
    try second.fit()
    #expect(second.restored == whole.restored && second.restored?.epoch == 0)
    #expect(second.history.map(\.measured) == whole.history.map(\.measured))
    #expect(second.network.parameters == whole.network.parameters)
  }

  @Test("an epoch with a NaN value neither stops training nor lowers the learning rate")
  func notANumber() throws {
    func epoch(_ number: Int, _ value: Double) -> Epoch {
      Epoch(number: number, steps: number, learningRate: 1, training: Evaluation(loss: value))
    }
    var schedule = ReduceOnPlateau(patience: 2, minDelta: 0)
    for (index, value) in [Double.nan, 1, .nan, .nan, .nan, 1].enumerated() { schedule.epochEnded(epoch(index, value)) }
    #expect(schedule.rate(base: 1, at: 0) == 1)
    schedule.epochEnded(epoch(7, 1))
    #expect(schedule.rate(base: 1, at: 0) == 0.1)
    let monitor = Monitor(column: "loss")
    #expect(monitor.improvement(epoch(1, .nan), over: nil) == nil && monitor.value(of: epoch(1, .nan)) == nil)
  }

  @Test("plateau detection uses the metric's direction")
  func direction() throws {
    var schedule = ReduceOnPlateau(monitor: "r2_score", patience: 2, minDelta: 0)
    for number in 1...9 {
      let value = MetricValue("r2_score", 0.1 * Double(number), higherIsBetter: true)
      schedule.epochEnded(
        Epoch(number: number, steps: number, learningRate: 1, training: Evaluation(loss: 1, metrics: [value])))
    }
    #expect(schedule.rate(base: 1, at: 0) == 1)
  }
}

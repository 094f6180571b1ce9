import Foundation
import Glia
import Testing

/// Records the arguments of a loss in every training step, and after the last step.
private final class Recorder: @unchecked Sendable {
  var targets: [[Float]] = []
  var predictions: [[Float]] = []
}

/// A loss that records its arguments.
private struct RecordingLoss: Loss {
  static let name = "recording"
  var recorder = Recorder()
  private enum CodingKeys: CodingKey {}
  func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    recorder.predictions.append(prediction.indices.map { prediction[$0] })
    recorder.targets.append(target.indices.map { target[$0] })
    gradient?.fill(0)
    return 0
  }
}

/// A callback that restores the weights of the first epoch at the end.
private struct FirstEpochAgain: Callback {
  static let name = "first_epoch_again"
  func epochEnded(_ epoch: Epoch, control: inout TrainingControl) {
    if epoch.number == 1 { control.keepWeights() }
  }
  func trainingEnded(control: inout TrainingControl) { control.restoreWeights() }
}

@Suite("Training steps")
struct TrainingStepTests {
  private func record(shuffle: Bool, dropout: Bool = false, batchSize: Int = 5) throws -> Recorder {
    let loss = RecordingLoss()
    let data = try Dataset(
      inputs: Tensor(shape: [12, 1], [Float](repeating: 1, count: 12)), targets: [Column("y", (0..<12).map(Float.init))]
    )
    let network = try Network(input: [1], seed: 1) {
      if dropout { Dropout(0.5) }
      Dense(1)
    }
    var training = try Training(
      network, on: data, loss: loss, optimizer: .sgd(), epochs: 4, batchSize: batchSize, shuffle: shuffle, seed: 3)
    try training.fit()
    return loss.recorder
  }

  @Test("every epoch uses every sample once, in a new order, with the remainder last")
  func orders() throws {
    let steps = try record(shuffle: true).targets
    #expect(steps.map(\.count) == [5, 5, 2, 5, 5, 2, 5, 5, 2, 5, 5, 2, 5])
    let epochs = (0..<4).map { Array(steps[$0 * 3..<$0 * 3 + 3].joined()) }
    for epoch in epochs { #expect(epoch.sorted() == (0..<12).map(Float.init)) }
    #expect(Set(epochs).count == 4)
  }

  @Test("without shuffling, samples keep their order")
  func plainOrder() throws {
    let steps = try record(shuffle: false).targets
    #expect(steps[0] == [0, 1, 2, 3, 4] && steps[2] == [10, 11] && steps[3] == [0, 1, 2, 3, 4])
  }

  @Test("dropout draws new numbers in every step")
  func dropout() throws {
    let steps = try record(shuffle: false, dropout: true, batchSize: 12).predictions
    #expect(steps.count == 5 && Set(steps).count == 5)
  }

  @Test("finished training continues from its last weights, not from the restored ones")
  func lastWeights() throws {
    func preparation(_ epochs: Int) throws -> Preparation {
      var experiment = try #require(BuiltInExperiment.all.first).experiment
      experiment.training.epochs = epochs
      experiment.training.callbacks = [FirstEpochAgain()]
      return try Preparation(experiment, with: .standard)
    }
    var whole = try preparation(6).begin()
    try whole.fit()
    let short = try preparation(3)
    var first = try short.begin()
    try first.fit()
    var second = try preparation(6).begin()
    try second.resume(from: Checkpoint(first))
    try second.fit()
    #expect(second.history.map(\.training) == whole.history.map(\.training))
    #expect(second.network.parameters == whole.network.parameters)
    #expect(first.network.parameters == whole.network.parameters)
  }
}

import Glia
import Synchronization
import TestSupport
import Testing

/// With y = w x, x = 1, target 0, half the squared error and rate 3, every step changes w to -2 w; the loss w²/2 overflows
/// single precision between |w| = 2⁶⁴ and 2⁶⁵.
@Suite("Diverged training keeps the weights of the last finite loss")
struct DivergenceTests {
  private func divergence(of training: inout Training) throws -> GliaError {
    var found: GliaError?
    do { try training.fit() } catch let error as GliaError { found = error }
    let error = try #require(found)
    #expect(error.category == .divergence && training.stopReason == .diverged)
    return error
  }

  @Test("one step per epoch, or all steps in one epoch", arguments: [1, 300])
  func lastFiniteLoss(samples: Int) throws {
    var training = try smallTraining(
      weight: [1], x: [[Float]](repeating: [1], count: samples), optimizer: SGD(learningRate: 3), epochs: 300)
    let error = try divergence(of: &training)
    #expect(training.network.parameters == [0x1p64] && training.steps == 64)
    #expect(error.what.contains("the loss is infinite"))
    #expect(error.place?.contains(samples == 1 ? "epoch 66, step 66" : "epoch 1, step 66") == true, "\(error)")
    // Completed epochs remain in the history.
    #expect(training.history.count == (samples == 1 ? 65 : 0))
  }

  @Test("the weights after the last step must have a finite loss", arguments: [1, 65])
  func lastStep(samples: Int) throws {
    func training(steps: Int) throws -> Training {
      try smallTraining(
        weight: [1], x: [[Float]](repeating: [1], count: samples == 1 ? 1 : steps), optimizer: SGD(learningRate: 3),
        epochs: samples == 1 ? steps : 1)
    }
    var diverged = try training(steps: 65)
    let error = try divergence(of: &diverged)
    #expect(error.place?.hasPrefix("after the last step, 65,") == true, "\(error)")
    #expect(diverged.network.parameters == [0x1p64] && diverged.steps == 64)
    #expect(diverged.history.count == (samples == 1 ? 65 : 1))
    var finite = try training(steps: 64)
    try finite.fit()
    #expect(finite.network.parameters == [0x1p64] && finite.stopReason == .completed)
  }

  @Test("the same holds if a callback stops training, unless it restores better weights")
  func stoppedByCallback() throws {
    func training(_ callback: any Callback) throws -> Training {
      try smallTraining(weight: [1], optimizer: SGD(learningRate: 3), epochs: 300) { $0.callbacks = [callback] }
    }
    // The loss of epoch 65 is that of the weight 2⁶⁴, which the last update changes to -2⁶⁵.
    var stopped = try training(.target("loss", 0x1p126, mode: .max))
    _ = try divergence(of: &stopped)
    #expect(stopped.network.parameters == [0x1p64])
    var restored = try training(.earlyStopping(monitor: "loss", patience: 65))
    try restored.fit()
    #expect(restored.stopReason == .earlyStopping && restored.network.parameters == [1] && restored.steps == 65)
  }

  @Test("no learning rate helps if the first loss is not finite")
  func firstStep() throws {
    var training = try smallTraining(weight: [1e30], optimizer: SGD(learningRate: 3))
    let error = try divergence(of: &training)
    #expect(error.remedy == "make targets, sample weights and initial weights smaller")
    var later = try smallTraining(weight: [1], optimizer: SGD(learningRate: 3))
    #expect(try divergence(of: &later).remedy == "lower the learning rate")
  }

  @Test("steps after the last snapshot are repeated", arguments: [1, 50, 1000])
  func farFromTheStart(samples: Int) throws {
    var training = try smallTraining(
      weight: [0x1p-100], x: [[Float]](repeating: [1], count: samples), optimizer: SGD(learningRate: 3), epochs: 300)
    _ = try divergence(of: &training)
    #expect(training.network.parameters == [0x1p64] && training.steps == 164)
  }

  @Test("the result has the same bits as training stopped there, with any state")
  func sameBits() throws {
    func training() throws -> Training {
      let data = try Moons(samples: 90, noise: 0.1).load()
      let network = try Network(input: [2], seed: 1) {
        Dense(6, activation: .relu)
        BatchNorm()
        Dropout(0.2)
        Dense(1)
      }
      var settings = TrainingSettings()
      (settings.loss, settings.optimizer) = (MeanSquaredError(), Momentum(learningRate: 0.5, momentum: 0.95))
      settings.schedule = ExponentialSchedule(factor: 0.999)
      settings.transforms = [.gradientNoise()]
      (settings.metrics, settings.epochs, settings.batchSize) = ([], 200, 16)
      return try Training(network, on: data, settings: settings)
    }
    var diverged = try training()
    _ = try divergence(of: &diverged)
    let steps = diverged.steps
    #expect(steps > 2)
    var stopped = try training()
    let counter = StepCounter(limit: steps)
    stopped.isInterrupted = { counter.isReached() }
    try stopped.fit()
    #expect(stopped.steps == steps)
    #expect(stopped.network.parameters == diverged.network.parameters)
    #expect(stopped.network.state == diverged.network.state)
  }

  @Test("an update that overflows is not applied")
  func overflowingUpdate() throws {
    var training = try smallTraining(weight: [2], optimizer: SGD(learningRate: 3e38))
    let error = try divergence(of: &training)
    #expect(training.network.parameters == [2] && training.steps == 0)
    #expect(error.what.contains("parameter") && error.place?.contains("epoch 1, step 1,") == true, "\(error)")
  }

  @Test("an optimizer whose state overflows no longer moves, which counts as divergence", arguments: [10, 400])
  func overflowingState(samples: Int) throws {
    // The squared gradient of the sixth sample is 1e50.
    let x = (0..<samples).map { [$0 == 5 ? Float(1e25) : 1] }
    var training = try smallTraining(weight: [1], x: x, optimizer: AdaGrad(learningRate: 1e-20)) {
      $0.loss = MeanAbsoluteError()
    }
    let error = try divergence(of: &training)
    #expect(error.what.contains("optimizer's state") && training.steps == 5, "\(error), after \(training.steps) steps")
  }

  @Test("if the initial loss is not finite, the weights and running means are kept")
  func fromTheStart() throws {
    let data = try Dataset(inputs: Tensor(rows: [[3.4e38], [-3.4e38]]), targets: [Column("y", [0, 1])])
    let network = try Network(input: [1]) {
      Dense(2, initializer: .constant(2))
      BatchNorm()
      Dense(1)
    }
    var training = try Training(network, on: data, loss: .meanSquaredError, optimizer: .sgd(learningRate: 0.1))
    _ = try divergence(of: &training)
    #expect(training.network.parameters == network.parameters && training.network.state == network.state)
  }

  @Test("its checkpoint is finite and can be resumed")
  func checkpoint() throws {
    var training = try smallTraining(weight: [1], optimizer: SGD(learningRate: 3), epochs: 300)
    _ = try divergence(of: &training)
    let checkpoint = Checkpoint(training)
    var again = try smallTraining(weight: [1], optimizer: SGD(learningRate: 3), epochs: 300)
    try again.resume(from: checkpoint)
    #expect(again.steps == 64 && again.history.count == 63 && again.network.parameters == [0x1p64])
    _ = try divergence(of: &again)
    #expect(again.steps == 64)
  }
}

/// Returns true once a number of steps have been made.
private final class StepCounter: Sendable {
  private let steps: Mutex<Int>
  init(limit: Int) { steps = Mutex(limit) }
  func isReached() -> Bool {
    steps.withLock {
      $0 -= 1
      return $0 <= 0
    }
  }
}

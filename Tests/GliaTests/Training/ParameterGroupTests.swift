import Glia
import TestSupport
import Testing

@Suite("Parameter groups")
struct ParameterGroupTests {
  /// y = w₂ w₁ x with w₁ = 2, w₂ = 1, x = 1 and the target 0.
  private func chain(schedule: (any Schedule)? = nil, _ groups: ParameterGroup...) throws -> [[Float]] {
    var network = try Network(input: [1]) {
      Dense(1, useBias: false)
      Dense(1, useBias: false)
    }
    try network.set("layers.0.weight", to: Tensor(shape: [1, 1], [2]))
    try network.set("layers.1.weight", to: Tensor(shape: [1, 1], [1]))
    return try trajectory(
      Training(
        network, on: Dataset(inputs: Tensor(rows: [[1]]), targets: [Column("y", [0])]), loss: .halfSquaredError,
        optimizer: .sgd(learningRate: 0.1), groups: groups, schedule: schedule), epochs: 2)
  }

  private let ownMomentum = ParameterGroup("layers.1", optimizer: Momentum(learningRate: 0.05, momentum: 0.5))

  @Test("an optimizer for each layer")
  func twoOptimizers() throws {
    let path = try chain(ownMomentum)
    #expect(path[0].isClose(to: [1.8, 0.8]))
    #expect(path[1].isClose(to: [1.6848, 0.5704]))
  }

  @Test("a schedule applies to every group's learning rate")
  func schedule() throws {
    #expect(try chain(schedule: ExponentialSchedule(factor: 0.5), ownMomentum)[1].isClose(to: [1.7424, 0.6852]))
  }

  @Test("the last matching group applies; one without an optimizer restores the default")
  func lastGroup() throws {
    let plain = try chain()
    #expect(try chain(ownMomentum, ParameterGroup("layers.1.weight")) == plain)
    #expect(try chain(ownMomentum, ParameterGroup("layers.1.weight", trainable: false))[1][1] == 1)
    #expect(try chain(ParameterGroup("layers.0", "layers.1", trainable: false)) == [[2, 1], [2, 1]])
  }

  @Test("neighboring tensors in two groups with equal optimizers are kept separate")
  func state() throws {
    let both = ParameterGroup("layers.0", "layers.1", optimizer: Adam(learningRate: 0.1))
    let (one, two) = (
      ParameterGroup("layers.0", optimizer: Adam(learningRate: 0.1)),
      ParameterGroup("layers.1", optimizer: Adam(learningRate: 0.1))
    )
    #expect(try chain(both) == chain(one, two))
  }

  @Test("frozen tensors keep their bits whatever happens to the others", arguments: ["layers.0", "layers.1.weight"])
  func frozen(name: String) throws {
    let network = try Network(input: [2], seed: 3) {
      Dense(5, activation: .tanh, constraint: .unitNorm)
      Dense(4, activation: .tanh, regularizer: .l2(0.1))
      Dense(1, activation: .sigmoid)
    }
    var training = try Training(
      network, on: Moons(samples: 40, noise: 0.1).load(), loss: .binaryCrossentropy,
      optimizer: .adam(learningRate: 0.1),
      transforms: [
        .weightDecay(0.1), .weightDecay(0.1, decoupled: true), .gradientNoise(eta: 0.1), .weightNoise(0.1),
        .lookahead(steps: 2), .exponentialAverage(momentum: 0.9),
      ], groups: [ParameterGroup(name, trainable: false)], epochs: 4, batchSize: 16)
    repeat {
      for (before, now) in zip(network.tensors, training.network.tensors) {
        let isFrozen = before.name.hasPrefix(name)
        #expect(
          training.steps == 0
            || isFrozen == (before.tensor.values.map(\.bitPattern) == now.tensor.values.map(\.bitPattern)),
          "\(before.name) after \(training.steps) steps")
      }
    } while try training.next() != nil
    #expect(training.stopReason == .completed)
  }

  @Test(
    "unknown tensor names are rejected with a list of known names",
    arguments: ["layers.7", "layers.0.weigh", "layers.0.", ""])
  func unknown(name: String) throws {
    let error = #expect(throws: GliaError.self) {
      _ = try chain(ParameterGroup("layers.0"), ParameterGroup("layers.1", name, trainable: false))
    }
    #expect(error?.place == "training.groups.1.tensors.1")
    #expect(error?.expected?.contains("layers.0.weight, layers.1.weight") == true)
  }

  @Test("an empty group and an invalid optimizer are rejected")
  func wrongGroups() {
    let empty = #expect(throws: GliaError.self) { _ = try chain(ParameterGroup()) }
    #expect(empty?.place == "training.groups.0.tensors")
    let rate = #expect(throws: GliaError.self) {
      _ = try chain(ParameterGroup("layers.0", optimizer: SGD(learningRate: -1)))
    }
    #expect(rate?.place == "training.groups.0.optimizer.learning_rate")
  }
}

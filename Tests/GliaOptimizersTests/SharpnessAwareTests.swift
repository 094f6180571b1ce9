import Glia
import TestSupport
import Testing

/// Steps worked by hand: half the squared error of one linear unit with target 0, whose gradient is y x.
@Suite("Sharpness-aware minimization")
struct SharpnessAwareTests {
  private func sam(_ optimizer: any Optimizer = SGD(learningRate: 0.1), rho: Float = 0.5) -> SAM {
    SAM(optimizer, rho: rho)
  }

  private func expect(
    _ got: [Float], _ expected: [Double], _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(got.count == expected.count, sourceLocation: location)
    for (got, wanted) in zip(got, expected) {
      #expect(abs(Double(got) - wanted) < 1e-6, "\(got), not \(wanted)", sourceLocation: location)
    }
  }

  /// y = 7, g = (21, 28) of norm 35, e = (0.3, 0.4); y = 9.5 at w + e, g = (28.5, 38).
  @Test("the gradient at w + ρ g / ‖g‖ moves w; loss and penalty are those at w")
  func step() throws {
    var training = try smallTraining(weight: [1, 1], x: [[3, 4]], optimizer: sam(.sgd(learningRate: 0.01)))
    let epoch = try training.next()
    expect(training.network.parameters, [0.715, 0.62])
    #expect(epoch?.training.loss == 24.5)
  }

  /// y = 8, g = (24, 32) of norm 40 without that of the bias, e = (0.3, 0.4); y = 10.5 at w + e, g = (31.5, 42).
  @Test("frozen parameters neither climb nor count")
  func frozen() throws {
    var training = try smallTraining(
      weight: [1, 1], bias: 1, x: [[3, 4]], optimizer: sam(.sgd(learningRate: 0.01))
    ) { $0.groups = [ParameterGroup("layers.0.bias", trainable: false)] }
    _ = try training.next()
    expect(training.network.parameters, [0.685, 0.58, 1])
    #expect(training.network.parameters[2] == 1)
  }

  /// l2 of strength ½: g = 2 + 2, e = ½, g = 2.5 + 2.5 uphill, so w = 2 - 0.1 · 5.
  @Test("penalties are part of both gradients, and reported at w")
  func penalty() throws {
    var network = try Network(input: [1]) { Dense(1, useBias: false, regularizer: .l2(0.5)) }
    try network.set("layers.0.weight", to: Tensor(shape: [1, 1], [2]))
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer, settings.metrics) = (HalfSquaredError(), sam(), [])
    let data = try Dataset(inputs: Tensor(rows: [[1]]), targets: [Column("y", [Float(0)])])
    var training = try Training(network, on: data, settings: settings)
    let epoch = try training.next()
    expect(training.network.parameters, [1.5])
    #expect(epoch?.training.loss == 2)
    #expect(epoch?.penalty == 2)
  }

  /// g = 2.5 uphill from 2, of which the clipped 2.25 remain, and decay adds 0.1 · 2 of w itself: w = 2 - 0.1 · 2.45.
  @Test("transforms see the second gradient and the weights themselves")
  func transforms() throws {
    var training = try smallTraining(weight: [2], optimizer: sam()) {
      $0.transforms = [.clipByValue(2.25), .weightDecay(0.1)]
    }
    _ = try training.next()
    expect(training.network.parameters, [1.755])
  }

  @Test("the nested optimizer's state, the schedule and groups work as without sam")
  func nested() throws {
    // g = 2.5, v = 2.5, w = 1.75; g = 2.25, v = 3.5 at half the rate: 1.75 - 0.05 · 3.5.
    var training = try smallTraining(
      weight: [2], optimizer: sam(.momentum(learningRate: 0.1, momentum: 0.5))
    ) { $0.schedule = .step(every: 1, factor: 0.5) }
    _ = try training.next()
    expect(training.network.parameters, [1.75])
    _ = try training.next()
    expect(training.network.parameters, [1.575])
    #expect(throws: GliaError.self) {
      _ = try smallTraining(weight: [2]) {
        $0.groups = [ParameterGroup("layers.0", optimizer: sam())]
      }
    }
  }

  /// Of 64 inputs of 1, k remain as 2: y = 2 k, and e has ρ / √k in each of them, so y = 2 k + 2 ρ √k there.
  @Test("dropout drops the same units in both passes")
  func draws() throws {
    let count = 64
    var network = try Network(input: [count]) {
      Dropout(0.5)
      Dense(1, useBias: false)
    }
    try network.set("layers.1.weight", to: Tensor(shape: [1, count], [Float](repeating: 1, count: count)))
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer, settings.metrics) = (HalfSquaredError(), sam(.sgd(learningRate: 1e-3)), [])
    let data = try Dataset(
      inputs: Tensor(rows: [[Float](repeating: 1, count: count)]), targets: [Column("y", [Float(0)])])
    var training = try Training(network, on: data, settings: settings)
    let loss = try #require(try training.next()).training.loss
    let kept = ((2 * loss).squareRoot() / 2).rounded()
    let moved = training.network.parameters.filter { $0 != 1 }
    #expect(moved.count == Int(kept))
    expect(moved, moved.map { _ in 1 - 1e-3 * 2 * (2 * kept + kept.squareRoot()) })
  }

  private func normalized(_ optimizer: any Optimizer) throws -> Training {
    let network = try Network(input: [2], seed: 3) {
      Dense(3)
      BatchNorm(momentum: 0.5)
      Dense(1)
    }
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer, settings.metrics) = (HalfSquaredError(), optimizer, [])
    (settings.batchSize, settings.epochs) = (4, 3)
    let rows: [[Float]] = (0..<8).map { [Float($0) / 4 - 1, Float(($0 * 5) % 8) / 4 - 1] }
    let data = try Dataset(inputs: Tensor(rows: rows), targets: [Column("y", rows.map { $0[0] * $0[1] })])
    return try Training(network, on: data, settings: settings)
  }

  @Test("running statistics follow the first pass alone, once")
  func statistics() throws {
    // So small a rate moves nothing, so both see the same weights in every pass.
    var plain = try normalized(.sgd(learningRate: 1e-30))
    var sharp = try normalized(sam(.sgd(learningRate: 1e-30)))
    try plain.fit()
    try sharp.fit()
    #expect(plain.network["layers.1.running_mean"] == sharp.network["layers.1.running_mean"])
    #expect(plain.network["layers.1.running_variance"] == sharp.network["layers.1.running_variance"])
    #expect(plain.network["layers.1.running_mean"]?.values.contains { $0 != 0 } == true)
  }

  @Test("a resumed training gives the same bits")
  func resume() throws {
    var whole = try normalized(sam(.adam()))
    try whole.fit()
    var first = try normalized(sam(.adam()))
    _ = try first.next()
    var second = try normalized(sam(.adam()))
    try second.resume(from: Checkpoint(first))
    try second.fit()
    #expect(second.network.parameters == whole.network.parameters)
    #expect(second.history.map(\.training) == whole.history.map(\.training))
  }

  @Test("the learning rate is that of the nested optimizer, and can be given to sam")
  func rate() throws {
    let json: JSON = ["type": "sam", "optimizer": ["type": "adam", "learning_rate": 0.25]]
    var optimizer = try Registry.standard.make((any Optimizer).self, from: json)
    #expect(optimizer.learningRate == 0.25)
    optimizer.learningRate = 0.5
    #expect((optimizer as? SAM)?.optimizer.learningRate == 0.5)
    let given: JSON = ["type": "sam", "learning_rate": 0.125, "optimizer": "adam"]
    let other = try Registry.standard.make((any Optimizer).self, from: given)
    #expect(try JSON(part: other)["optimizer"]?["learning_rate"]?.double == 0.125)
    for json: JSON in [
      ["type": "sam", "optimizer": "sam"], ["type": "sam", "rho": 0], ["type": "sam", "learning_rate": -1],
      ["type": "muon", "vectors": "sam"],
    ] {
      #expect(throws: GliaError.self) { try Registry.standard.make((any Optimizer).self, from: json) }
    }
  }
}

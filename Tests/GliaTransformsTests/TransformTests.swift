import Glia
import TestSupport
import Testing

/// The expected values are calculated by hand.
@Suite("Transforms")
struct TransformTests {
  /// Two weights with x = (3, 4), where initially y = 5 and the gradient is (15, 20).
  private func twoWeights(_ transform: any Transform, rate: Float, bias: Float? = nil) throws -> [[Float]] {
    try trajectory(
      smallTraining(weight: [1, 0.5], bias: bias, x: [[3, 4]], optimizer: SGD(learningRate: rate)) {
        $0.transforms = [transform]
      }, epochs: 2)
  }

  /// One weight of 2 with x = 1, whose gradient equals the weight.
  private func oneWeight(
    _ transforms: any Transform..., optimizer: any Optimizer = SGD(learningRate: 0.5), epochs: Int = 2
  ) throws -> [Float] {
    try trajectory(
      smallTraining(weight: [2], optimizer: optimizer) { $0.transforms = transforms }, epochs: epochs
    ).map { $0[0] }
  }

  @Test("clipping by value: (15, 20) becomes (15, 16), (-17.7, -23.6) becomes (-16, -16)")
  func clipByValue() throws {
    let path = try twoWeights(.clipByValue(16), rate: 0.1)
    #expect(path[0].isClose(to: [-0.5, -1.1]))
    #expect(path[1].isClose(to: [1.1, 0.5]))
  }

  @Test("clipping by norm: the weight's gradient of norm 25 is scaled to 10, the bias's of 5 is unchanged")
  func clipByNorm() throws {
    let path = try twoWeights(.clipByNorm(10), rate: 0.1, bias: 0)
    #expect(path[0].isClose(to: [0.4, -0.3, -0.5]))
    #expect(path[1].isClose(to: [0.55, -0.1, -0.45]))
  }

  @Test("clipping by the global norm keeps the overall direction")
  func clipByGlobalNorm() throws {
    let path = try twoWeights(.clipByGlobalNorm(1), rate: 0.5)
    #expect(path[0].isClose(to: [0.7, 0.1]))
    #expect(path[1].isClose(to: [0.4, -0.3]))
    // With the bias, the gradient is (15, 20, 5), with norm √650.
    let all = try twoWeights(.clipByGlobalNorm(1), rate: 0.5, bias: 0)
    let norm = Float(650).squareRoot()
    #expect(all[0].isClose(to: [1 - 7.5 / norm, 0.5 - 10 / norm, -2.5 / norm]))
  }

  @Test("the global norm excludes frozen tensors, even with weight decay")
  func frozenNorm() throws {
    let path = try trajectory(
      smallTraining(weight: [1, 0.5], bias: 0, x: [[3, 4]], optimizer: SGD(learningRate: 0.1)) {
        $0.transforms = [.weightDecay(100), .clipByGlobalNorm(10)]
        $0.groups = [ParameterGroup("layers.0.weight", trainable: false)]
      }, epochs: 1)
    #expect(path[0].isClose(to: [1, 0.5, -0.5]))
  }

  @Test("coupled and decoupled weight decay")
  func weightDecay() throws {
    let momentum = Momentum(learningRate: 0.1, momentum: 0.9)
    #expect(try oneWeight(.weightDecay(0.5), optimizer: momentum).isClose(to: [1.7, 1.175]))
    #expect(try oneWeight(.weightDecay(0.5, decoupled: true), optimizer: momentum).isClose(to: [1.7, 1.265]))
    // AdamW: the first step of Adam equals the learning rate, whatever the gradient.
    #expect(
      try oneWeight(.weightDecay(0.5, decoupled: true), optimizer: Adam(learningRate: 0.1), epochs: 1).isClose(to: [1.8]
      ))
  }

  @Test("lookahead moves halfway every second update")
  func lookahead() throws {
    #expect(try oneWeight(.lookahead(steps: 2), epochs: 4) == [1, 1.25, 0.625, 0.78125])
  }

  @Test("averaged weights are visible: 1, 2/3, 3/7 for 1, 1/2, 1/4")
  func exponentialAverage() throws {
    #expect(try oneWeight(.exponentialAverage(momentum: 0.5), epochs: 3).isClose(to: [1, 2 / 3, 3 / 7]))
    #expect(try oneWeight(.exponentialAverage(momentum: 0), epochs: 3).isClose(to: [1, 0.5, 0.25]))
  }

  @Test("the average is validated and restored by early stopping")
  func averageIsKept() throws {
    // w = 2, -1, 1/2, -1/4: the averages are -1, 0 and -1/7.
    var training = try smallTraining(weight: [2], validates: true, optimizer: SGD(learningRate: 1.5)) {
      $0.transforms = [.exponentialAverage(momentum: 0.5)]
      $0.callbacks = [EarlyStopping(patience: 1)]
    }
    #expect(training.network.parameters == [2])
    try training.fit()
    let losses = training.history.compactMap { $0.validation?.loss }
    #expect(losses.map { Float($0) }.isClose(to: [0.5, 0, 0.5 / 49]))
    #expect(training.history.map(\.training.loss) == [2, 0.5, 0.125])
    #expect(training.stopReason == .earlyStopping)
    #expect(training.network.parameters == [0])
  }

  @Test("the average remains after training")
  func averageInTheEnd() throws {
    var training = try smallTraining(weight: [2], epochs: 3) { $0.transforms = [.exponentialAverage(momentum: 0.5)] }
    try training.fit()
    #expect(training.stopReason == .completed)
    #expect(training.network.parameters.isClose(to: [3 / 7]))
  }

  @Test("accumulation makes one update with the mean gradient")
  func accumulation() throws {
    // Gradients 2 and 1, then -0.75 and -1.75.
    func path(_ batchSize: Int, _ transforms: [any Transform]) throws -> [[Float]] {
      try trajectory(
        smallTraining(weight: [2], x: [[1], [1], [1], [1]], y: [0, 1, 2, 3], batchSize: batchSize) {
          $0.transforms = transforms
        }, epochs: 3)
    }
    let accumulated = try path(1, [.accumulation(2)])
    #expect(accumulated[0] == [1.875])
    #expect(try accumulated == path(2, []))
    #expect(try path(2, [.accumulation(2)]) == path(4, []))
  }

  @Test("schedules count updates, not batches; the remainder carries over to the next epoch")
  func accumulationCounts() throws {
    var training = try smallTraining(
      weight: [1], x: [[1], [1], [1], [1]], optimizer: SGD(learningRate: 1e-3), epochs: 3
    ) {
      $0.transforms = [.accumulation(3)]
      $0.schedule = ExponentialSchedule(factor: 0.5)
    }
    var steps: [Int] = []
    while let epoch = try training.next() { steps.append(epoch.steps) }
    #expect(steps == [1, 2, 4] && training.steps == 4)
    #expect(training.history.map(\.learningRate) == [0.5e-3, 0.25e-3, 0.125e-3])
  }

  @Test("gradient noise has variance η / (1 + t)^γ", arguments: [0, 0.55, 1] as [Float])
  func gradientNoise(gamma: Float) throws {
    // With an input of 0, noise is the only gradient.
    let path = try trajectory(
      smallTraining(weight: [0], x: [[0]], optimizer: SGD(learningRate: 1), epochs: 4000) {
        $0.transforms = [.gradientNoise(eta: 4, gamma: gamma)]
      }, epochs: 4000
    ).map { Double($0[0]) }
    let moves = zip(path, [0] + path.dropLast()).map { $0 - $1 }
    let scaled = moves.enumerated().map { $1 * Double($0 + 1).power(Double(gamma) / 2) / 2 }
    let mean = scaled.reduce(0, +) / 4000
    let variance = scaled.reduce(0) { $0 + $1 * $1 } / 4000
    #expect(abs(mean) < 0.08 && abs(variance - 1) < 0.12, "mean \(mean), variance \(variance)")
  }

  @Test("weight noise affects the loss and gradient, but not the weights")
  func weightNoise() throws {
    var training = try smallTraining(weight: [2], optimizer: SGD(learningRate: 1e-30), epochs: 4000) {
      $0.transforms = [.weightNoise(0.5)]
    }
    try training.fit()
    #expect(training.network.parameters == [2])
    // The mean of ½ (2 + ε)² is ½ (4 + 0.25).
    let losses = training.history.map(\.training.loss)
    #expect(abs(losses.reduce(0, +) / 4000 - 2.125) < 0.08)
    #expect(Set(losses).count > 3900)
    // A step with learning rate 1 leads from w to w - (w + ε) = -ε.
    let path = try trajectory(
      smallTraining(weight: [2], optimizer: SGD(learningRate: 1)) { $0.transforms = [.weightNoise(0.5)] }, epochs: 100)
    #expect(path.allSatisfy { $0[0] != 0 && abs($0[0]) < 3 })
  }

  @Test(
    "settings out of range are rejected with their path",
    arguments: [
      ClipByNorm(0), ClipByValue(-1), ClipByGlobalNorm(.infinity), WeightDecay(-1), GradientNoise(eta: .nan),
      WeightNoise(-1), Accumulation(0), Lookahead(steps: 0), ExponentialAverage(momentum: 1),
    ] as [any Transform])
  func wrongSettings(transform: any Transform) {
    let error = #expect(throws: GliaError.self) {
      _ = try smallTraining(weight: [1]) { $0.transforms = [.clipByNorm(), transform] }
    }
    #expect(error?.place?.hasPrefix("training.transforms.1.") == true)
  }
}

extension Double {
  fileprivate func power(_ exponent: Double) -> Double { Double.exp(exponent * Double.log(self)) }
}

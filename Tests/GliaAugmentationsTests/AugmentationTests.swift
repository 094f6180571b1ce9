import Glia
import TestSupport
import Testing

@Suite("Augmentations")
struct AugmentationTests {
  private func applied(_ augmentation: some Augmentation, _ x: [Float], _ t: [Float], rows: Int, seed: UInt64) -> (
    x: [Float], t: [Float]
  ) {
    var (inputs, targets) = (x, t)
    var inputSpan = inputs.mutableSpan
    var targetSpan = targets.mutableSpan
    var random = Random(seed: seed)
    augmentation.apply(inputs: &inputSpan, targets: &targetSpan, rows: rows, using: &random)
    return (inputs, targets)
  }

  @Test("noise has the given standard deviation and does not change targets")
  func noise() {
    let zeros = [Float](repeating: 0, count: 20_000)
    let (x, t) = applied(.noise(0.5), zeros, zeros, rows: 100, seed: 1)
    #expect(t == zeros)
    #expect(abs(x.reduce(0, +) / 20_000) < 0.02)
    #expect(abs(x.reduce(0) { $0 + $1 * $1 } / 20_000 - 0.25) < 0.015)
  }

  @Test("mixup mixes the inputs and targets of a pair with the same λ", arguments: 0..<20 as Range<UInt64>)
  func mixup(seed: UInt64) {
    // Powers of two identify the mixed samples; the second input and the target must match the first.
    let samples = (0..<7).map { Float(1 << $0) }
    let (x, t) = applied(.mixup(alpha: 1), samples.flatMap { [$0, -$0] }, samples, rows: 7, seed: seed)
    #expect(t.isClose(to: (0..<7).map { x[2 * $0] }, within: 0))
    #expect(t.isClose(to: (0..<7).map { -x[2 * $0 + 1] }, within: 0))
    // λ a + (1 - λ) b and λ b + (1 - λ) a sum to a + b, so the total is unchanged.
    #expect(abs(t.reduce(0, +) - 127) < 1e-3)
    // One λ explains every pair.
    var weights: [Float] = []
    for i in 0..<7 {
      for j in 0..<7 where i != j && abs(t[i] + t[j] - samples[i] - samples[j]) < 1e-3 {
        weights.append((t[i] - samples[j]) / (samples[i] - samples[j]))
      }
    }
    #expect(!weights.isEmpty && weights.allSatisfy { abs($0 - weights[0]) < 1e-3 })
  }

  @Test("every sample is mixed with every other sample")
  func partners() {
    let samples = (0..<6).map { Float(1 << $0) }
    var met: Set<[Int]> = []
    for seed in 0..<200 as Range<UInt64> {
      let (_, t) = applied(.mixup(alpha: 1), samples, samples, rows: 6, seed: seed)
      for i in 0..<6 {
        for j in 0..<6 where i != j && t[i] != samples[i] && abs(t[i] + t[j] - samples[i] - samples[j]) < 1e-4 {
          met.insert([i, j])
        }
      }
    }
    #expect(met.count == 30)
  }

  @Test(
    "beta samples have the right mean and variance, also for tiny parameters",
    arguments: [(0.2, 0.2), (1, 1), (5, 5), (2, 5), (0.5, 3), (1e-3, 1e-3), (1e-30, 1e-30)])
  func beta(a: Double, b: Double) {
    var random = Random(seed: 4)
    let draws = (0..<40_000).map { _ in random.beta(a, b) }
    #expect(draws.allSatisfy { $0 >= 0 && $0 <= 1 })
    let mean = draws.reduce(0, +) / 40_000
    let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 40_000
    let expected = a * b / ((a + b) * (a + b) * (a + b + 1))
    #expect(abs(mean - a / (a + b)) < 5 * (expected / 40_000).squareRoot())
    #expect(abs(variance - expected) < 0.03 * expected)
  }

  @Test("beta(1, 1) is uniform")
  func uniform() {
    var random = Random(seed: 5)
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<20_000 { counts[min(Int(random.beta(1, 1) * 10), 9)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 2000) < 220 })
  }

  @Test("only training samples are changed")
  func validation() throws {
    var training = try smallTraining(
      weight: [2], x: [[1], [3]], validates: true, optimizer: SGD(learningRate: 1e-30), batchSize: 2, epochs: 3
    ) { $0.augmentations = [.noise(1)] }
    try training.fit()
    // ½ (4 + 36) / 2
    #expect(training.history.allSatisfy { $0.validation?.loss == 10 && $0.training.loss != 10 })
    #expect(Set(training.history.map(\.training.loss)).count == 3)
  }

  @Test("mixup rejects targets that cannot be interpolated, and suggests an alternative")
  func encodings() throws {
    let blobs = try Blobs().load()
    let network = try Network(input: [2]) { Dense(3, activation: .softmax) }
    let error = #expect(throws: GliaError.self) {
      _ = try Training(
        network, on: blobs, loss: .sparseCategoricalCrossentropy, optimizer: .sgd(),
        augmentations: [.noise(), .mixup()])
    }
    #expect(error?.place == "training.augmentations.1")
    #expect(error?.remedy?.contains("categorical_crossentropy") == true)
    #expect(throws: GliaError.self) { try Mixup().checkEncoding(.binary(negative: -1, positive: 1)) }
    for encoding in [TargetEncoding.values, .oneHot, .binary(negative: 0, positive: 1)] {
      try Mixup().checkEncoding(encoding)
    }

    var training = try Training(
      network, on: blobs, loss: .categoricalCrossentropy, optimizer: .adam(learningRate: 0.05), metrics: [Accuracy()],
      epochs: 30, augmentations: [.noise(), .mixup()])
    try training.fit()
    #expect(try training.evaluate(blobs)["accuracy"] ?? 0 > 0.9)
  }
}

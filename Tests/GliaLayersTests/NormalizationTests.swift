import Foundation
import Glia
import TestSupport
import Testing

/// The expected values are calculated with NumPy in double precision.
@Suite("Normalization")
struct NormalizationTests {
  private let first: [[Float]] = [[1, 2], [3, -2], [5, 9]]
  private let second: [[Float]] = [[0, 1], [-4, 4], [1, -2]]
  private let weights: [Float] = [1.5, -0.5, 0.25, 1]

  @Test("batch_norm uses batch statistics in training, and averages the first batches for inference")
  func batchNorm() throws {
    var probe = try LayerProbe(BatchNorm(), first, parameters: weights)
    #expect(try probe.forward().isNear([-1.586773, 1.109983, 0.25, 1.549913, 2.086773, 0.3401039]))
    #expect(probe.state.isNear([3, 3, 2.666667, 20.66667, 1]))
    var next = try LayerProbe(BatchNorm(), second, parameters: weights)
    next.state = probe.state
    #expect(try next.forward().isNear([0.9442907, 1, -1.832872, 0.3876786, 1.638581, 1.612321]))
    #expect(next.state.isNear([1, 2, 3.666667, 13.33333, 2]))
    probe.state = next.state
    probe.isTraining = false
    #expect(try probe.forward().isNear([0.25, 1, 1.8164853, 1.547702, 3.3829706, 0.0415215]))
    #expect(probe.state == next.state)
  }

  /// The rows 0, 1 and 3, alternately scaled and shifted, with `drift` added for every batch.
  private func batch(_ t: Int, drift: Float) -> [[Float]] {
    [0, 1, 3].map { [Float($0 * (1 + t % 3) + t % 7) + drift * Float(t)] }
  }

  @Test(
    "running means average all batches at first, then use the momentum",
    arguments: [
      // NumPy's mean for up to 100 batches, then the recurrence with 0.99.
      (1, Float(0), Float(1.3333333), Float(1.5555556)), (5, 0, 4.4, 5.9111111), (40, 0, 5.5083333, 7.1166667),
      (1000, 0, 5.6724727, 7.2435073), (5, 0.05, 4.5, 5.9111111), (40, 0.05, 6.4833333, 7.1166667),
      (1000, 0.05, 50.672765, 7.2435073),
    ])
  func start(batches: Int, drift: Float, mean: Float, variance: Float) throws {
    var state: [Float] = [0, 1, 0]
    for t in 0..<batches {
      var probe = try LayerProbe(BatchNorm(), batch(t, drift: drift), parameters: [1, 0])
      probe.state = state
      _ = try probe.forward()
      state = probe.state
    }
    #expect(state.isNear([mean, variance, Float(batches)], within: 2e-4))
  }

  @Test("with equal batches, the running mean and variance are those of a batch, whatever the momentum")
  func constant() throws {
    for momentum: Float in [0, 0.5, 0.99, 1] {
      var probe = try LayerProbe(BatchNorm(momentum: momentum), first, parameters: weights)
      for _ in 0..<300 {
        _ = try probe.forward()
        #expect(Array(probe.state.prefix(4)).isNear([3, 3, 2.666667, 20.66667], within: 1e-4))
      }
    }
  }

  @Test("running means loaded from a file without a count continue with the momentum")
  func loaded() throws {
    var probe = try LayerProbe(BatchNorm(), batch(0, drift: 0), parameters: [1, 0])
    probe.state = [2, 5, 0]
    _ = try probe.forward()
    #expect(Array(probe.state.prefix(2)).isNear([1.9933333, 4.9655556]))
    _ = try probe.forward()
    #expect(Array(probe.state.prefix(2)).isNear([1.98673333, 4.93145556]))
    // A count that training would never write is harmless.
    probe.state = [2, 5, -1]
    _ = try probe.forward()
    #expect(probe.state.allSatisfy { $0.isFinite })
  }

  @Test("model files store only running means, checkpoints also the count; files without it can be read")
  func files() throws {
    let network = try Network(input: [2]) {
      BatchNorm()
      Dense(1)
    }
    #expect(network.tensors.map(\.name).filter { $0.hasPrefix("layers.0") }.count == 4)
    let data = try Dataset(inputs: Tensor(rows: first), targets: Tensor(rows: [[0], [1], [0]]))
    var training = try Training(
      network, on: data, validation: data, loss: .meanSquaredError, optimizer: .sgd(learningRate: 0.01), epochs: 3,
      batchSize: 3, callbacks: [EarlyStopping(patience: 100)])
    try training.fit()
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("batch-norm-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let path = folder.appendingPathComponent("checkpoint.safetensors").path
    try Checkpoint(training).write(to: path)
    var file = try SafeTensors(contentsOf: path)
    #expect(file.tensors["training.state"]?.values.last == 3)
    #expect(file.tensors["layers.0.batches"] == nil)
    try Checkpoint(contentsOf: path, with: .standard).write(to: path + ".again")
    let again = try SafeTensors(contentsOf: path + ".again")
    #expect(again.tensors.map(\.key) == file.tensors.map(\.key))
    // Halves of the seconds may look like NaN.
    #expect(
      again.tensors.map { $0.value.values.map(\.bitPattern) } == file.tensors.map { $0.value.values.map(\.bitPattern) })
    // The format of an earlier version.
    file.tensors["training.state"] = nil
    for (name, tensor) in file.tensors where name == "training.kept.state" {
      file.tensors[name] = try Tensor(shape: [4], Array(tensor.values.prefix(4)))
    }
    try file.write(to: path)
    let old = try Checkpoint(contentsOf: path, with: .standard).model.network
    #expect(old.tensors.map(\.tensor) == training.network.tensors.map(\.tensor))
  }

  @Test("the gradient of batch_norm includes mean and variance")
  func batchNormGradient() throws {
    var probe = try LayerProbe(BatchNorm(), first, parameters: weights)
    let (dx, gradients) = try probe.backward([1, -2, 0.5, 3, -1, 1])
    #expect(dx.isNear([-0.1527201, 0.3057039, 0.3061288, -0.1945423, -0.1534087, -0.1111617]))
    #expect(gradients.isNear([-2.449031, -1.539757, 0.5, 2]))
  }

  @Test("training steps update the running means, validation does not")
  func runningMeans() throws {
    let network = try Network(input: [2]) {
      BatchNorm()
      Dense(1)
    }
    let data = try Dataset(
      inputs: Tensor(rows: first + second), targets: Tensor(rows: [[0], [1], [0], [1], [0], [1]]))
    var training = try Training(
      network, on: data, validation: data, loss: .meanSquaredError, optimizer: .sgd(learningRate: 0.01), epochs: 1,
      batchSize: 3, shuffle: false)
    try training.fit()
    #expect((try #require(training.network["layers.0.running_mean"]).values).isNear([1, 2]))
    #expect((try #require(training.network["layers.0.running_variance"]).values).isNear([3.666667, 13.33333]))
    #expect(try training.evaluate(data).loss.isFinite)
    #expect((try #require(training.network["layers.0.running_mean"]).values).isNear([1, 2]))
  }

  @Test("values far from 0 keep their variance")
  func farFromZero() throws {
    var probe = try LayerProbe(
      BatchNorm(epsilon: 1e-9), (0..<64).map { [100_000 + Float($0 % 4)] }, parameters: [1, 0])
    // Mean 100001.5, variance 1.25.
    #expect(try Array(probe.forward().prefix(4)).isNear([-1.3416407, -0.4472136, 0.4472136, 1.3416407], within: 1e-5))
  }

  @Test("a batch of one sample has no variance, but stays finite")
  func batchOfOne() throws {
    var probe = try LayerProbe(BatchNorm(), [[7, -3]], parameters: weights)
    #expect(try probe.forward().isNear([0.25, 1]))
    let dx = try probe.backward([1, 1]).x
    #expect(dx == [0, 0])
  }

  @Test("batch_norm averages over all axes except the last")
  func axes() throws {
    var flat = try LayerProbe(BatchNorm(), first + second, parameters: weights)
    var deep = try LayerProbe(
      BatchNorm(), shape: [3, 2], [first.flatMap { $0 }, second.flatMap { $0 }], parameters: weights)
    try #expect(deep.forward() == flat.forward() && deep.state == flat.state)
  }

  @Test("layer_norm and rms_norm use single samples")
  func samples() throws {
    let rows: [[Float]] = [[1, 2, 4], [-3, 0.5, 10]]
    var layer = try LayerProbe(LayerNorm(), rows, parameters: [1, 2, -1, 0, 0.5, 1])
    #expect(try layer.forward().isNear([-1.068702, -0.03435076, -0.3358769, -1.001364, -0.2282645, -0.3654959]))
    var rms = try LayerProbe(RMSNorm(), rows, parameters: [1, 2, -1])
    #expect(try rms.forward().isNear([0.3779644, 1.511858, -1.511858, -0.4971314, 0.1657105, -1.657105]))
  }
}

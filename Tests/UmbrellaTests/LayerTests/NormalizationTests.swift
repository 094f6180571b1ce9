import Glia
import Testing

/// Expected numbers are numpy's, in double precision.
@Suite("Normalization")
struct NormalizationTests {
  private let first: [[Float]] = [[1, 2], [3, -2], [5, 9]]
  private let second: [[Float]] = [[0, 1], [-4, 4], [1, -2]]
  private let weights: [Float] = [1.5, -0.5, 0.25, 1]

  @Test("batch_norm uses the batch while training, and running means follow it with momentum 0.99")
  func batchNorm() throws {
    var probe = try LayerProbe(BatchNorm(), first, parameters: weights)
    expectNear(probe.forward(), [-1.586773, 1.109983, 0.25, 1.549913, 2.086773, 0.3401039])
    expectNear(probe.state, [0.03, 0.03, 1.016667, 1.196667])
    var next = try LayerProbe(BatchNorm(), second, parameters: weights)
    next.state = probe.state
    expectNear(next.forward(), [0.9442907, 1, -1.832872, 0.3876786, 1.638581, 1.612321])
    expectNear(next.state, [0.0197, 0.0397, 1.053167, 1.2447])
    probe.state = next.state
    probe.isTraining = false
    expectNear(probe.forward(), [1.682173, 0.1218154, 4.604082, 1.913755, 7.525991, -3.014078])
    #expect(probe.state == next.state)
  }

  @Test("batch_norm's gradient goes through mean and variance")
  func batchNormGradient() throws {
    var probe = try LayerProbe(BatchNorm(), first, parameters: weights)
    let (dx, gradients) = probe.backward([1, -2, 0.5, 3, -1, 1])
    expectNear(dx, [-0.1527201, 0.3057039, 0.3061288, -0.1945423, -0.1534087, -0.1111617])
    expectNear(gradients, [-2.449031, -1.539757, 0.5, 2])
  }

  @Test("two steps of a training move the running means, a validation pass does not")
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
    expectNear(try #require(training.network["layers.0.running_mean"]).values, [0.0197, 0.0397])
    expectNear(try #require(training.network["layers.0.running_variance"]).values, [1.053167, 1.2447])
    #expect(try training.evaluate(data).loss.isFinite)
    expectNear(try #require(training.network["layers.0.running_mean"]).values, [0.0197, 0.0397])
  }

  @Test("numbers far from 0 keep their variance")
  func farFromZero() throws {
    var probe = try LayerProbe(
      BatchNorm(epsilon: 1e-9), (0..<64).map { [100_000 + Float($0 % 4)] }, parameters: [1, 0])
    // Mean 100001.5, variance 1.25.
    expectNear(Array(probe.forward().prefix(4)), [-1.3416407, -0.4472136, 0.4472136, 1.3416407], within: 1e-5)
  }

  @Test("a batch of one has no variance, and stays finite")
  func batchOfOne() throws {
    var probe = try LayerProbe(BatchNorm(), [[7, -3]], parameters: weights)
    expectNear(probe.forward(), [0.25, 1])
    let dx = probe.backward([1, 1]).x
    #expect(dx == [0, 0])
  }

  @Test("batch_norm takes all axes but the last together")
  func axes() throws {
    var flat = try LayerProbe(BatchNorm(), first + second, parameters: weights)
    var deep = try LayerProbe(
      BatchNorm(), shape: [3, 2], [first.flatMap { $0 }, second.flatMap { $0 }], parameters: weights)
    #expect(deep.forward() == flat.forward() && deep.state == flat.state)
  }

  @Test("layer_norm and rms_norm look at one sample")
  func samples() throws {
    let rows: [[Float]] = [[1, 2, 4], [-3, 0.5, 10]]
    var layer = try LayerProbe(LayerNorm(), rows, parameters: [1, 2, -1, 0, 0.5, 1])
    expectNear(
      layer.forward(), [-1.068702, -0.03435076, -0.3358769, -1.001364, -0.2282645, -0.3654959])
    var rms = try LayerProbe(RMSNorm(), rows, parameters: [1, 2, -1])
    expectNear(rms.forward(), [0.3779644, 1.511858, -1.511858, -0.4971314, 0.1657105, -1.657105])
  }
}

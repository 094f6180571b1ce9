import Glia
import TestSupport
import Testing

/// The expected values are calculated by hand or with NumPy.
@Suite("Other layers")
struct UnitTests {
  @Test("prelu learns one slope per feature, or one for all")
  func prelu() throws {
    let rows: [[Float]] = [[2, -4], [-1, 3]]
    var own = try LayerProbe(PReLU(), rows, parameters: [0.5, 0.25])
    try #expect(own.forward() == [2, -1, -0.5, 3])
    let gradient = try own.backward([1, 2, 3, 4])
    #expect(gradient.x == [1, 0.5, 1.5, 4])
    #expect(gradient.parameters == [-3, -8])
    var shared = try LayerProbe(PReLU(shared: true), rows, parameters: [0.5])
    try #expect(shared.forward() == [2, -2, -0.5, 3])
    try #expect(shared.backward([1, 2, 3, 4]).parameters == [-11])
    #expect(try Network(input: [3]) { PReLU() }["layers.0.slope"]?.values == [0.25, 0.25, 0.25])
  }

  @Test("maxout is the largest piece, and only that piece has a gradient")
  func maxout() throws {
    var probe = try LayerProbe(
      Maxout(2), [[1, 2], [-3, 0.5]], parameters: [1, -1, 0.5, 2, -1, 0, 0.25, 0.25, 0.1, -0.2, 0.3, 0])
    #expect(try probe.forward().isNear([4.3, 0.75, -0.7, 3.3]))
    let (dx, gradients) = try probe.backward([1, 10, 2, 3])
    // Largest pieces: second and second, then second and first.
    #expect(dx.isNear([0.5 + 2.5, 2 + 2.5, 1 - 3, 4]))
    #expect(gradients.isNear([0, 0, 1 - 6, 2 + 1, -9, 1.5, 10, 20, 0, 3, 3, 10]))
  }

  @Test("radial basis functions decrease with the distance from their centers")
  func radialBasis() throws {
    var probe = try LayerProbe(
      RadialBasis(3), [[0.5, -0.5], [2, 1]], parameters: [0, 0, 1, -1, 2, 0.5, 1, 2, 0.5])
    #expect(try probe.forward().isNear([0.7788008, 0.9394131, 0.001503439, 0.082085, 0.5352614, 0.6065307]))
  }

  @Test("a highway layer mixes its input with a dense layer, and its gate starts almost closed")
  func highway() throws {
    var probe = try LayerProbe(
      Highway(), [[1, -2], [0.5, 3]], parameters: [0.5, -1, 2, 0.25, 0.1, -0.2, 1, 0.5, -0.5, -1, -1, -2])
    #expect(try probe.forward().isNear([0.997049, -0.9195831, -0.5893258, 2.98911]))
    let network = try Network(input: [2]) { Highway(activation: .relu, gateBias: -3) }
    #expect(network["layers.0.gate_bias"]?.values == [-3, -3])
    #expect(
      network.tensors.map(\.name).sorted() == ["bias", "gate_bias", "gate_weight", "weight"].map { "layers.0.\($0)" })
  }

  @Test("an embedding looks up rows, and each row gets the gradients from its uses")
  func embedding() throws {
    var probe = try LayerProbe(Embedding(3, 2), [[2, 0], [2, 1]], parameters: [1, 2, 3, 4, 5, 6])
    #expect(probe.plan.output == [2, 2])
    try #expect(probe.forward() == [5, 6, 1, 2, 5, 6, 3, 4])
    let (dx, gradients) = try probe.backward([1, 2, 3, 4, 5, 6, 7, 8])
    #expect(dx == [0, 0, 0, 0])
    #expect(gradients == [3, 4, 7, 8, 6, 8])
  }

  @Test(
    "an invalid index is rejected with its path, and never traps", arguments: [-1, 3, 0.5, .nan, .infinity, 1e30])
  func noWord(input: Float) throws {
    let network = try Network(input: [2]) {
      Embedding(3, 2)
      Flatten()
      Dense(1)
    }
    let error = #expect(throws: GliaError.self) { try network.predict(Tensor(rows: [[0, 1], [2, input]])) }
    #expect(error?.what.contains("feature 1 of sample 1") == true && error?.place == "network.layers.0 (embedding)")
    var probe = try LayerProbe(Embedding(3, 1), [[0, input]], parameters: [1, 2, 3])
    let y = try probe.forward()
    #expect(y[0] == 1 && y[1].isNaN)
    try #expect(probe.backward([1, 1]).parameters == [1, 0, 0])
  }

  @Test("noise that makes indices invalid makes training diverge")
  func noisyWords() throws {
    let network = try Network(input: [1]) {
      GaussianNoise(1)
      Embedding(3, 2)
      Flatten()
      Dense(1)
    }
    let data = try Dataset(inputs: Tensor(rows: [[0], [1], [2]]), targets: Tensor(rows: [[0], [1], [0]]))
    var training = try Training(network, on: data, loss: .meanSquaredError, optimizer: .sgd())
    var error: GliaError?
    do { try training.fit() } catch let thrown as GliaError { error = thrown }
    #expect(error?.category == .divergence)
  }

  @Test("flatten and reshape keep the order of elements")
  func shapes() throws {
    let network = try Network(input: [2, 3]) {
      Reshape(3, -1)
      Reshape(1, 6)
      Flatten()
    }
    #expect(network.output == [6])
    #expect(try network.predict(Tensor(shape: [1, 2, 3], [1, 2, 3, 4, 5, 6])).values == [1, 2, 3, 4, 5, 6])
    let error = #expect(throws: GliaError.self) { try Network(input: [5]) { Reshape(2, 3) } }
    #expect(error?.place == "network.layers.0.shape")
    #expect(throws: GliaError.self) { try Network(input: [6]) { Reshape(4, -1) } }
    #expect(throws: GliaError.self) { try Network(input: [6]) { Reshape(-1, -1) } }
    #expect(throws: GliaError.self) { try Network(input: [6]) { Reshape(.max, .max) } }
  }

  @Test("sizes that exceed memory are rejected before allocation")
  func hugeSizes() throws {
    let layers: [any Layer] = [
      Maxout(.max), Maxout(2, pieces: .max), RadialBasis(.max), Embedding(.max, .max), Embedding(2, 1 << 45),
    ]
    for layer in layers { #expect(throws: GliaError.self) { try Network(input: [2], layers: [layer]) } }
    #expect(throws: GliaError.self) { try Network(input: [1 << 40], layers: [Highway()]) }
  }
}

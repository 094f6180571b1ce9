import Foundation
import Glia
import Testing

@Suite("Lecture examples with networks")
struct LectureNetworkTests {
  private static let corners: [[Float]] = [[0, 0], [0, 1], [1, 0], [1, 1]]

  /// The best linear fit to XOR is constant: w = (0, 0), b = ½, which gives 0.5 everywhere.
  @Test func leastSquaresOnXOR() throws {
    let data = try Dataset(
      inputs: Tensor(rows: Self.corners), targets: Tensor(rows: [[0], [1], [1], [0]]))
    let network = try Network(input: [2], seed: 4) { Dense(1) }
    var training = try Training(
      network, on: data, loss: .meanSquaredError, optimizer: .sgd(learningRate: 0.5), epochs: 400, batchSize: 4)
    try training.fit()
    let trained = training.network
    for weight in try #require(trained["layers.0.weight"]).values { #expect(abs(weight) < 1e-5) }
    #expect(abs(try #require(trained["layers.0.bias"]).values[0] - 0.5) < 1e-5)
    for output in try trained.predict(data.inputs).values { #expect(abs(output - 0.5) < 1e-5) }
  }

  /// The intersection of half-planes tangent to the unit circle is a polygon that approaches the disc.
  private func disc(_ count: Int) throws -> Network {
    var network = try Network(input: [2]) {
      Dense(count, activation: .sign)
      Dense(1, activation: .sign)
    }
    let angles = (0..<count).map { 2 * Float.pi * Float($0) / Float(count) }
    try network.set("layers.0.weight", to: Tensor(rows: angles.map { [-cos($0), -sin($0)] }))
    try network.set("layers.0.bias", to: Tensor(shape: [count], [Float](repeating: 1, count: count)))
    try network.set("layers.1.weight", to: Tensor(shape: [1, count], [Float](repeating: 1, count: count)))
    // All units must be active.
    try network.set("layers.1.bias", to: Tensor(shape: [1], [0.5 - Float(count)]))
    return network
  }

  /// A regular polygon around the unit circle has the area n tan(π/n): 3.3137 for 8 sides, 3.1826 for 16.
  @Test func perceptronsApproximateADisc() throws {
    let side = 400
    let axis = (0..<side).map { 3 * (Float($0) + 0.5) / Float(side) - 1.5 }
    let points = try Tensor(shape: [side * side, 2], axis.flatMap { y in axis.flatMap { [$0, y] } })
    let cell = 9 / Float(side * side)
    func area(_ count: Int) throws -> Float {
      cell * Float(try disc(count).predict(points).values.count { $0 > 0 })
    }
    let (eight, sixteen) = (try area(8), try area(16))
    #expect(abs(eight - 3.3137) < 0.02)
    #expect(abs(sixteen - 3.1826) < 0.02)
    #expect(eight > sixteen && sixteen > Float.pi)
  }

  /// Large weights saturate tanh, so almost no gradient reaches earlier layers.
  @Test func largeWeightsSaturate() throws {
    func gradientNorm(_ deviation: Float) throws -> Double {
      let network = try Network(input: [8], seed: 2) {
        for _ in 0..<4 { Dense(16, activation: .tanh, initializer: RandomNormal(stddev: deviation)) }
        Dense(1)
      }
      var random = Random(seed: 1)
      let data = try Dataset(
        inputs: Tensor(shape: [64, 8], (0..<512).map { _ in Float(random.normal()) }),
        targets: Tensor(shape: [64, 1], (0..<64).map { _ in Float(random.normal()) }))
      let activations = try network.activations(for: data.inputs)
      let saturated = activations[3].values.count { abs($0) > 0.99 }
      #expect((saturated > activations[3].values.count / 2) == (deviation > 1))
      let derivatives = activations[0].values.map { Double(1 - $0 * $0) }
      return derivatives.reduce(0, +) / Double(derivatives.count)
    }
    let (fitting, large) = (try gradientNorm(0.25), try gradientNorm(10))
    #expect(large < 0.1 * fitting, "\(large) of \(fitting)")
  }

  /// In deep sigmoid networks, the gradient shrinks from layer to layer; ReLU with He initialization preserves it.
  @Test func vanishingGradients() throws {
    func ratio(_ activation: some Activation, _ initializer: any Initializer) throws -> Double {
      let network = try Network(input: [8], seed: 2) {
        for _ in 0..<8 { Dense(32, activation: activation, initializer: initializer) }
        Dense(1, activation: .sigmoid)
      }
      var random = Random(seed: 1)
      let data = try Dataset(
        inputs: Tensor(shape: [128, 8], (0..<1024).map { _ in Float(random.normal()) }),
        targets: [Column("class", (0..<128).map { _ in Float(random.below(2)) })])
      let gradients = try network.gradients(of: .binaryCrossentropy, on: data)
      func norm(_ name: String) throws -> Double {
        try #require(gradients[name]).values.reduce(0) { $0 + Double($1 * $1) }.squareRoot()
      }
      return try norm("layers.0.weight") / norm("layers.7.weight")
    }
    let sigmoid = try ratio(.sigmoid, GlorotUniform())
    let relu = try ratio(.relu, HeNormal())
    #expect(sigmoid < 1e-3, "\(sigmoid)")
    #expect(relu > 0.1, "\(relu)")
  }

  /// Stochastic, mini-batch and full-batch gradient descent: n, n/b rounded up, and 1 updates per epoch.
  @Test(arguments: [(1, 10), (4, 3), (5, 2), (10, 1), (64, 1)])
  func updatesAnEpoch(batch: Int, updates: Int) throws {
    let network = try Network(input: [2], seed: 1) { Dense(1, activation: .sigmoid) }
    var training = try Training(
      network, on: Moons(samples: 10).load(), loss: .binaryCrossentropy, optimizer: .sgd(learningRate: 0.1), epochs: 3,
      batchSize: batch)
    #expect(try training.fit().map(\.steps) == [updates, 2 * updates, 3 * updates])
  }

  /// PReLU learns its slope from data with a slope of 0.3 below 0.
  @Test func slopeIsLearned() throws {
    let x: [Float] = (0..<64).map { Float($0) / 16 - 2 }
    let data = try Dataset(
      inputs: Tensor(shape: [64, 1], x), targets: Tensor(shape: [64, 1], x.map { $0 > 0 ? $0 : 0.3 * $0 }))
    let network = try Network(input: [1]) { PReLU() }
    var training = try Training(
      network, on: data, loss: .meanSquaredError, optimizer: .sgd(learningRate: 0.1), epochs: 50, batchSize: 16)
    try training.fit()
    let slope = try #require(training.network["layers.0.slope"]).values
    #expect(slope.count == 1 && abs(slope[0] - 0.3) < 1e-4, "\(slope)")
  }
}

import Glia
import Testing

@Suite("Sampled predictions")
struct SamplingTests {
  @Test("a linear network with dropout has mean w x + b and variance Σ w² x² p / (1 - p)")
  func moments() throws {
    var network = try Network(input: [3]) {
      Dropout(0.3)
      Dense(1)
    }
    try network.set("layers.1.weight", to: Tensor(shape: [1, 3], [1, -2, 0.5]))
    try network.set("layers.1.bias", to: Tensor(shape: [1], [0.25]))
    let samples = try network.samples(of: Tensor(rows: [[1, 0.5, -2], [0, 0, 0]]), count: 40_000, seed: 1)
    #expect(samples.values.shape == [2, 40_000, 1] && samples.count == 40_000)
    let (mean, deviation) = (samples.mean.values, samples.deviation.values)
    // w x = 1 - 1 - 1 and 3 · 0.3 / 0.7; the tolerances are five standard errors.
    #expect(abs(mean[0] + 0.75) < 0.029, "\(mean)")
    #expect(abs(deviation[0] * deviation[0] - 1.285714) < 0.047, "\(deviation)")
    #expect(mean[1] == 0.25 && deviation[1] == 0)
  }

  @Test("batch normalization uses its running statistics while dropout is active, and no state changes")
  func batchNormalization() throws {
    let network = try Network(input: [2], seed: 1) {
      BatchNorm()
      Dropout(0.5)
    }
    let samples = try network.samples(of: Tensor(rows: [[1, -3]]), count: 64)
    // Mean 0, variance 1 and ε = 0.001: 2 · 1 / √1.001 and 2 · -3 / √1.001, or 0.
    let possible: [[Float]] = [[0, 1.9990007], [0, -5.9970022]]
    for (index, value) in samples.values.values.enumerated() {
      #expect(possible[index % 2].contains { abs($0 - value) < 1e-5 }, "\(value)")
    }
    #expect(Set(samples.values.values).count == 3)
    #expect(try network.predict(Tensor(rows: [[1, -3]])).values.allSatisfy { $0 != 0 })
  }

  @Test("stochastic layers are found inside containers, and noise and alpha dropout are sampled, too")
  func otherLayers() throws {
    let layers: [any Layer] = [
      GaussianNoise(1), AlphaDropout(0.5), Residual { Dropout(0.5) },
      Parallel(.add) {
        Dense(2)
        Sequential { Dropout(0.5) }
      },
    ]
    for layer in layers {
      let network = try Network(input: [2], seed: 1, layers: [layer])
      #expect(network.isStochastic)
      let samples = try network.samples(of: Tensor(rows: [[1, 2]]), count: 50)
      #expect(samples.deviation.values.allSatisfy { $0 > 0 })
    }
  }

  @Test("a network without stochastic layers cannot be sampled")
  func refusals() throws {
    let x = try Tensor(rows: [[1, 2]])
    for layers: [any Layer] in [[Dense(1)], [Dropout(0), Dense(1)], [GaussianNoise(0)]] {
      let network = try Network(input: [2], layers: layers)
      let error = #expect(throws: GliaError.self) { try network.samples(of: x, count: 10) }
      #expect(error?.remedy?.contains("dropout") == true)
    }
    let network = try Network(input: [2], layers: [Dropout(0.5)])
    #expect(throws: GliaError.self) { try network.samples(of: x, count: 0) }
    #expect(throws: GliaError.self) { try network.samples(of: x, count: -1) }
    #expect(throws: GliaError.self) { try network.samples(of: x, count: .max) }
    #expect(throws: GliaError.self) { try network.samples(of: Tensor(rows: [[1]]), count: 2) }
    #expect(throws: GliaError.self) { try PredictionSamples([]) }
    #expect(throws: GliaError.self) { try PredictionSamples([x, Tensor(rows: [[1]])]) }
    #expect(try network.samples(of: Tensor(shape: [0, 2], []), count: 3).mean.values.isEmpty)
  }

  @Test("a model's samples are in the units of its features and targets")
  func units() throws {
    let network = try Network(input: [1], layers: [Dropout(0.5)])
    let model = try Model(
      network: network, preprocessing: Preprocessing(standardization: Standardization(mean: [10], scale: [2])),
      targetScaling: TargetScaling(standardization: Standardization(mean: [100], scale: [50])))
    // (14 - 10) / 2 = 2 becomes 0 or 4, which is 100 or 300.
    let samples = try model.samples(of: Tensor(rows: [[14]]), count: 200, seed: 2)
    #expect(Set(samples.values.values) == [100, 300])
  }

  @Test("mean and deviation of two predictions")
  func statistics() throws {
    let samples = try PredictionSamples([Tensor(rows: [[1, 5], [0, 0]]), Tensor(rows: [[3, 5], [0, 8]])])
    #expect(samples.values.shape == [2, 2, 2])
    #expect(samples.mean.values == [2, 5, 0, 4])
    #expect(samples.deviation.values == [1, 0, 0, 4])
  }

  @Test("entropy and mutual information of classes, of one probability, and of labels")
  func entropies() throws {
    func check(_ predictions: [[Float]], exclusive: Bool, _ entropy: Double, _ information: Double) throws {
      let samples = try PredictionSamples(predictions.map { try Tensor(rows: [$0]) })
      #expect(abs(samples.entropy(areExclusive: exclusive)[0] - entropy) < 1e-6)
      #expect(abs(samples.mutualInformation(areExclusive: exclusive)[0] - information) < 1e-6)
    }
    // ln 2 = 0.693147: certain but contradictory, or uncertain but unanimous.
    try check([[1, 0], [0, 1]], exclusive: true, 0.693147, 0.693147)
    try check([[0.5, 0.5], [0.5, 0.5]], exclusive: true, 0.693147, 0)
    // H(0.7) = 0.610864; the mean of H(0.9) = 0.325083 and H(0.5) is 0.509115.
    try check([[0.9], [0.5]], exclusive: true, 0.610864, 0.101749)
    // Labels: H(0.5) + H(0.7).
    try check([[0.5, 0.9], [0.5, 0.5]], exclusive: false, 1.304011, 0.101749)
  }
}

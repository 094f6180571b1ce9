import Glia
import Testing

/// The accuracy of linear models and networks on the datasets of the lectures. Networks are tested with ten seeds by
/// `.ci/seeds`, in release mode.
@Suite("Accuracy on well-known data")
struct DatasetAccuracyTests {
  private func accuracy(
    of network: Network, on data: Dataset, loss: any Loss, epochs: Int, rate: Float = 0.05
  ) throws -> Double {
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer, settings.metrics) = (loss, Adam(learningRate: rate), [Accuracy()])
    (settings.epochs, settings.batchSize) = (epochs, 32)
    var training = try Training(network, on: data, settings: settings)
    try training.fit()
    let evaluation = try training.evaluate(data)
    return try #require(evaluation["accuracy"])
  }

  @Test("logistic regression on moons: 80 to 92 %", arguments: 0..<3 as Range<UInt64>)
  func moons(seed: UInt64) throws {
    let network = try Network(input: [2], seed: seed) { Dense(1, activation: .sigmoid) }
    let result = try accuracy(
      of: network, on: Moons(samples: 1000, noise: 0.05, seed: seed).load(), loss: BinaryCrossentropy(), epochs: 40)
    #expect((0.80...0.92).contains(result), "\(result)")
  }

  @Test("logistic regression on circles: 40 to 60 %", arguments: 0..<3 as Range<UInt64>)
  func circles(seed: UInt64) throws {
    let network = try Network(input: [2], seed: seed) { Dense(1, activation: .sigmoid) }
    let result = try accuracy(
      of: network, on: Circles(samples: 1000, noise: 0.05, seed: seed).load(), loss: BinaryCrossentropy(), epochs: 40)
    #expect((0.40...0.60).contains(result), "\(result)")
  }

  @Test("softmax regression on three spirals: 45 to 60 %", arguments: 0..<3 as Range<UInt64>)
  func spirals(seed: UInt64) throws {
    let network = try Network(input: [2], seed: seed) { Dense(3, activation: .softmax) }
    let result = try accuracy(
      of: network, on: Spirals(samples: 3000, noise: 0.2, seed: seed).load(), loss: SparseCategoricalCrossentropy(),
      epochs: 20, rate: 0.01)
    #expect((0.45...0.60).contains(result), "\(result)")
  }

  @Test("the built-in networks learn moons and circles completely", arguments: ["moons", "circles"])
  func networks(name: String) throws {
    let known = try #require(BuiltInExperiment.all.first { $0.experiment.name == name })
    let preparation = try Preparation(known.experiment, with: .standard)
    var training = try preparation.begin()
    try training.fit()
    let test = try #require(preparation.test)
    let evaluation = try training.evaluate(test)
    #expect(evaluation["accuracy"] == 1)
  }
}

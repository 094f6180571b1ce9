import Glia
import Testing

/// Rosenbrock's function as a network of one layer.
struct RosenbrockTests {
  private func training(_ optimizer: some Optimizer, epochs: Int = 1) throws -> Training {
    let network = try Network(input: [1], seed: 3) { RosenbrockLayer(deviation: 0) }
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer, settings.epochs) = (MeanSquaredError(), optimizer, epochs)
    return try Training(network, on: RosenbrockData().load(), settings: settings)
  }

  /// f(-1.2, 1) = 2.2² + 100 · 0.44² = 24.2, with the gradient (-215.6, -88).
  @Test func lossAndGradientAreThoseOfTheFunction() throws {
    var training = try training(SGD(learningRate: 0.001))
    let epoch = try #require(try training.next())
    #expect(abs(2 * epoch.training.loss - 24.2) < 1e-4)
    let (u, v) = (training.network.parameters[0], training.network.parameters[1])
    // The mean over two outputs is half of the function.
    #expect(abs(u - (-1.2 + 0.5 * 0.2156)) < 1e-5 && abs(v - (1 + 0.5 * 0.088)) < 1e-5)
  }

  @Test func theMinimumIsFound() throws {
    var training = try training(Adam(learningRate: 0.02), epochs: 5000)
    try training.fit()
    #expect(training.network.parameters.allSatisfy { abs($0 - 1) < 0.01 })
  }

  @Test func seedsGiveOtherStarts() throws {
    let starts = try (0..<20 as Range<UInt64>).map { seed in
      try Network(input: [1], seed: seed) { RosenbrockLayer() }.parameters
    }
    #expect(Set(starts).count == 20)
    #expect(starts.allSatisfy { abs($0[0] + 1.2) < 0.6 && abs($0[1] - 1) < 0.6 })
  }
}

/// A built-in experiment, such as the one that `glia train moons` runs.
public struct BuiltInExperiment: Sendable {
  /// A one-line summary.
  public let summary: String
  /// The experiment, including its name.
  public let experiment: Experiment

  /// Creates a built-in experiment with a summary.
  public init(_ summary: String, _ experiment: Experiment) {
    self.summary = summary
    self.experiment = experiment
  }
}

extension BuiltInExperiment {
  /// Glia's built-in experiments.
  public static let all = [
    BuiltInExperiment(
      "two interleaving half-circles; 4-2-1 tanh, tanh, sigmoid",
      twoClasses("moons", Moons(samples: 1000, noise: 0.05))),
    BuiltInExperiment(
      "a small circle inside a larger one; 4-2-1 tanh, tanh, sigmoid",
      twoClasses("circles", Circles(samples: 1000, noise: 0.05, factor: 0.5))),
    BuiltInExperiment(
      "three spiral arms; 64-32-16-3 tanh, softmax",
      experiment("spirals", Spirals(samples: 3000, noise: 0.2), epochs: 100) {
        for units in [64, 32, 16] { Dense(units, activation: .tanh) }
        Dense(3, activation: .softmax)
      } training: {
        $0.loss = SparseCategoricalCrossentropy()
        $0.optimizer = Adam(learningRate: 0.01)
        $0.schedule = ExponentialSchedule(factor: 0.97, per: .epoch)
      }),
    BuiltInExperiment(
      "exclusive or, four points; 4-1 tanh, sigmoid",
      experiment("xor", XOR(), split: SameSplit(), epochs: 400) {
        Dense(4, activation: .tanh, regularizer: .l2(0.001))
        Dense(1, activation: .sigmoid, regularizer: .l2(0.001))
      } training: {
        $0.loss = BinaryCrossentropy()
        $0.optimizer = Nesterov(learningRate: 0.3)
      }),
    BuiltInExperiment(
      "three clusters; 8-3 tanh, softmax",
      experiment("blobs", Blobs(), epochs: 50) {
        Dense(8, activation: .tanh)
        Dense(3, activation: .softmax)
      } training: {
        $0.loss = SparseCategoricalCrossentropy()
        $0.optimizer = Adam(learningRate: 0.02)
      }),
    BuiltInExperiment(
      "regression on a noisy sine; 16-16-1 tanh, tanh, linear",
      experiment("sine", SineCurve(samples: 200, noise: 0.1), epochs: 300) {
        Dense(16, activation: .tanh)
        Dense(16, activation: .tanh)
        Dense(1)
      } training: {
        $0.loss = MeanSquaredError()
        $0.optimizer = Adam(learningRate: 0.01)
      }),
  ]

  private static func twoClasses(_ name: String, _ data: some DataSource) -> Experiment {
    experiment(name, data, epochs: 200) {
      Dense(4, activation: .tanh)
      Dense(2, activation: .tanh)
      Dense(1, activation: .sigmoid)
    } training: {
      $0.loss = BinaryCrossentropy()
      $0.optimizer = Adam(learningRate: 0.03)
    }
  }

  private static func experiment(
    _ name: String, _ data: some DataSource, split: some Split = RandomSplit(test: 0.2), epochs: Int,
    @NetworkBuilder _ layers: () -> [any Layer], training: (inout TrainingSettings) -> Void
  ) -> Experiment {
    var experiment = Experiment()
    (experiment.name, experiment.data, experiment.split) = (name, data, split)
    experiment.network.layers = layers()
    experiment.training.epochs = epochs
    training(&experiment.training)
    return experiment
  }
}

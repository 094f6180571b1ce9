import Glia

/// Small experiments for the tests of searches and comparisons.
enum Experiments {
  /// A two-class problem with an own data source, so that its samples can be changed.
  static func moons(
    _ data: any DataSource = Moons(samples: 60, noise: 0.1), split: (any Split)? = RandomSplit(test: 0.2),
    epochs: Int = 3
  ) -> Experiment {
    var experiment = Experiment()
    (experiment.name, experiment.data, experiment.split) = ("moons", data, split)
    experiment.network.layers = [Dense(3, activation: .tanh), Dense(1, activation: .sigmoid)]
    (experiment.training.loss, experiment.training.optimizer) = (BinaryCrossentropy(), Adam(learningRate: 0.05))
    (experiment.training.epochs, experiment.training.batchSize, experiment.training.seed) = (epochs, 16, 7)
    return experiment
  }

  /// A regression, which diverges at high learning rates.
  static func sine(_ optimizer: some Optimizer) -> Experiment {
    var experiment = moons(SineCurve(samples: 60))
    experiment.network.layers = [Dense(1)]
    (experiment.training.loss, experiment.training.optimizer) = (MeanSquaredError(), optimizer)
    return experiment
  }
}

/// Moons of which some samples have the other class.
struct FlippedMoons: DataSource {
  static let name = "flipped_moons"
  /// The indices of the samples.
  var flipped: [Int] = []

  func load() throws -> Dataset {
    let data = try Moons(samples: 60, noise: 0.1).load()
    let wrong = Set(flipped)
    let texts = data.targets[0].texts.enumerated().map { wrong.contains($0) ? ($1 == "0" ? "1" : "0") : $1 }
    return try Dataset(name: Self.name, inputs: data.inputs, targets: [Column("class", text: texts)])
  }
}

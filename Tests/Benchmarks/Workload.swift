import Glia

/// A network to train, with synthetic data for one epoch.
struct Workload {
  let name: String
  let widths: [Int]
  let hidden: any Activation
  let batch: Int
  let samples: Int
  /// Whether to use all training extras: transforms, constraints, groups, augmentations, penalties.
  var hasExtras = false

  static let training = [
    Workload(name: "tiny", widths: [2, 4, 2, 1], hidden: Tanh(), batch: 32, samples: 1024),
    Workload(name: "spiral", widths: [2, 64, 32, 16, 3], hidden: Tanh(), batch: 32, samples: 3072),
    Workload(name: "mnist", widths: [784, 512, 256, 10], hidden: ReLU(), batch: 128, samples: 12800),
    Workload(name: "extras", widths: [2, 4, 2, 1], hidden: Tanh(), batch: 32, samples: 1024, hasExtras: true),
    Workload(name: "wide", widths: [1024, 2048, 2048, 10], hidden: ReLU(), batch: 256, samples: 5120),
  ]

  var outputs: Int { widths.last ?? 1 }

  /// Dense layers, with a sigmoid for one output or a softmax for several.
  func network() throws -> Network {
    try Network(input: [widths[0]]) {
      for units in widths.dropFirst().dropLast() { dense(units, hidden) }
      if outputs == 1 { Dense(1, activation: .sigmoid) } else { Dense(outputs, activation: .softmax) }
    }
  }

  private func dense(_ units: Int, _ activation: any Activation) -> Dense {
    var dense = Dense(units, activation: activation)
    guard hasExtras else { return dense }
    (dense.constraint, dense.biasConstraint) = (.maxNorm(), .nonNegative)
    (dense.regularizer, dense.activityRegularizer) = (.l2(0.001), .l1(0.001))
    return dense
  }

  private func addExtras(to settings: inout TrainingSettings) {
    settings.transforms = [
      .weightNoise(), .gradientNoise(), .accumulation(2), .clipByValue(), .clipByNorm(), .clipByGlobalNorm(),
      .weightDecay(), .weightDecay(decoupled: true), .lookahead(), .exponentialAverage(),
    ]
    settings.augmentations = [.noise(), .mixup()]
    settings.groups = [
      ParameterGroup("layers.0.bias", trainable: false), ParameterGroup("layers.2", optimizer: Momentum()),
    ]
  }

  /// Standard normal inputs with random classes, with `copies` times the number of samples of the workload.
  func data(copies: Int = 1) throws -> Dataset {
    var random = Random(seed: 0)
    let count = samples * copies
    let inputs = (0..<count * widths[0]).map { _ in Float(random.normal()) }
    let classes = (0..<count).map { _ in Float(random.below(max(outputs, 2))) }
    return try Dataset(inputs: Tensor(shape: [count, widths[0]], inputs), targets: [Column("class", classes)])
  }

  func training(epochs: Int = 1_000_000, copies: Int = 1) throws -> Training {
    let loss: any Loss = outputs == 1 ? BinaryCrossentropy() : SparseCategoricalCrossentropy()
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer) = (loss, Adam(learningRate: 0.01))
    (settings.metrics, settings.epochs, settings.batchSize) = ([], epochs, batch)
    if hasExtras { addExtras(to: &settings) }
    return try Training(network(), on: data(copies: copies), settings: settings)
  }
}

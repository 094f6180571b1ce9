import Glia

/// The network and training settings for a figure in the gallery.
struct Lesson {
  var hidden: [Int]
  var activation: any Activation = Tanh()
  var optimizer: any Optimizer = Adam(learningRate: 0.02)
  var epochs = 100
  var batchSize = 32
  var seed: UInt64 = 1
  var schedule: any Schedule = ConstantSchedule()
  var callbacks: [any Callback] = []

  /// The untrained network for `data`: a classifier for classes, otherwise a network with one linear output.
  func network(for data: Dataset) throws -> Network {
    let classes = data.targets[0].classes.count
    var layers: [any Layer] = hidden.map { Dense($0, activation: activation) }
    switch classes {
    case 2: layers.append(Dense(1, activation: .sigmoid))
    case ...20: layers.append(Dense(classes, activation: .softmax))
    default: layers.append(Dense(1))
    }
    return try Network(input: [data.inputs.width], seed: seed, layers: layers)
  }

  /// The training run for `network`, by default a new network.
  func begin(on data: Dataset, validation: Dataset? = nil, from network: Network? = nil) throws -> Training {
    let classes = data.targets[0].classes.count
    var settings = TrainingSettings()
    switch classes {
    case 2: (settings.loss, settings.metrics) = (BinaryCrossentropy(), [Accuracy()])
    case ...20: (settings.loss, settings.metrics) = (SparseCategoricalCrossentropy(), [Accuracy()])
    default: settings.loss = MeanSquaredError()
    }
    (settings.optimizer, settings.schedule, settings.callbacks) = (optimizer, schedule, callbacks)
    (settings.epochs, settings.batchSize, settings.seed) = (epochs, batchSize, seed)
    return try Training(network ?? self.network(for: data), on: data, validation: validation, settings: settings)
  }

  /// The trained network.
  func learn(_ data: Dataset) throws -> Network {
    var training = try begin(on: data)
    try training.fit()
    return training.network
  }
}

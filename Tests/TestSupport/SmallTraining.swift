import Glia

/// A training run that can be verified by hand: one linear unit, half the squared error, samples in order.
///
/// For one sample x with target 0, the gradient is y x for the weight and y for the bias.
public func smallTraining(
  weight: [Float], bias: Float? = nil, x: [[Float]]? = nil, y: [Float]? = nil, validates: Bool = false,
  optimizer: any Optimizer = SGD(learningRate: 0.5), batchSize: Int = 1, epochs: Int = 100,
  change: (inout TrainingSettings) -> Void = { _ in }
) throws -> Training {
  var network = try Network(input: [weight.count]) { Dense(1, useBias: bias != nil) }
  try network.set("layers.0.weight", to: Tensor(shape: [1, weight.count], weight))
  if let bias { try network.set("layers.0.bias", to: Tensor(shape: [1], [bias])) }
  let x = x ?? [[Float](repeating: 1, count: weight.count)]
  let targets = y ?? [Float](repeating: 0, count: x.count)
  let data = try Dataset(inputs: Tensor(rows: x), targets: [Column("y", targets)])
  var settings = TrainingSettings()
  (settings.loss, settings.optimizer, settings.metrics) = (HalfSquaredError(), optimizer, [])
  (settings.epochs, settings.batchSize, settings.shuffle) = (epochs, batchSize, false)
  change(&settings)
  return try Training(network, on: data, validation: validates ? data : nil, settings: settings)
}

/// The parameters after each epoch.
public func trajectory(_ training: consuming Training, epochs: Int) throws -> [[Float]] {
  var path: [[Float]] = []
  for _ in 0..<epochs {
    _ = try training.next()
    path.append(training.network.parameters)
  }
  return path
}

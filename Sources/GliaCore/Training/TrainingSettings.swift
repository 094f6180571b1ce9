/// The training settings: the section `training` of an experiment.
public struct TrainingSettings: SettingsGroup {
  public static let title = "training"
  /// The loss to minimize; required.
  @Part public var loss: (any Loss)? = nil
  /// Updates the parameters from their gradients; required.
  @Part public var optimizer: (any Optimizer)? = nil
  /// Transformations of gradients before the optimizer's step, in order.
  @Part public var transforms: [any Transform] = []
  /// Parameters that have their own optimizer or are frozen.
  @Sections public var groups: [ParameterGroup] = []
  /// Changes the learning rate; nil for a constant rate.
  @Part public var schedule: (any Schedule)? = nil
  /// What is measured in addition to the loss; nil for metrics that suit the loss.
  @Part public var metrics: [any Metric]? = nil
  /// The number of passes over all samples.
  public var epochs = 100
  /// The number of samples per step; the last step of an epoch takes the remaining ones. By default 32, or all samples for a
  /// ``FullBatchOptimizer``.
  @BatchSize public var batchSize: Int
  /// Whether the samples are shuffled before each epoch; those of a ``FullBatchOptimizer`` keep their order.
  public var shuffle = true
  /// Random changes to the samples of a batch before they are learned from, in order.
  @Part public var augmentations: [any Augmentation] = []
  /// The seed for weights, shuffling and dropout.
  public var seed: UInt64 = 0
  /// Actions performed after every epoch.
  @Part public var callbacks: [any Callback] = []
  /// Where the second of two classes, or a label, is predicted: above a score, or above the one that maximizes a metric (`f1`,
  /// `balanced_accuracy`, `accuracy` or `matthews_correlation`) on the validation part, of the second class, or of another one
  /// as in `{"metric": "f1", "positive": "yes"}`; nil for the middle, such as ½.
  public var threshold: DecisionThreshold? = nil
  /// How probabilities are calibrated on the validation part after training; nil to leave them as they are.
  public var calibration: CalibrationMethod? = nil
  /// The fraction of targets that the prediction intervals of a regression contain, fitted on the validation part after
  /// training; nil for none.
  public var intervals: Double? = nil

  /// Creates the default settings, without loss and optimizer.
  public init() {}

  public func validate() throws {
    func require(_ isRight: Bool, _ setting: String, _ value: Int, _ limit: Int) throws {
      guard !isRight else { return }
      throw GliaError("\(setting) \(value)", at: setting, expected: "a whole number from 1 to \(limit.grouped)")
    }
    try require((1...1_000_000_000).contains(epochs), "epochs", epochs, 1_000_000_000)
    try require((1...1_000_000_000).contains(batchSize), "batch_size", batchSize, 1_000_000_000)
    try validateFits()
    var names: Set<String> = []
    for (index, metric) in (metrics ?? []).enumerated() where !names.insert(type(of: metric).name).inserted {
      throw GliaError(
        "\(type(of: metric).name) appears twice among the metrics", at: "metrics.\(index)",
        expected: "distinct columns of the history", remedy: "leave one of them out")
    }
  }

  /// Returns the columns of the history, which can be monitored during training.
  public func columns(hasValidation: Bool) -> [String] {
    Epoch.columns(metrics: (metrics ?? []).map { type(of: $0).name }, hasValidation: hasValidation)
  }

  /// The loss; throws if none was given.
  func requiredLoss() throws -> any Loss {
    guard let loss else {
      throw GliaError(
        "no loss", at: "training.loss", expected: "a loss, such as \"binary_crossentropy\"", remedy: "add it")
    }
    return loss
  }

  /// The optimizer; throws if none was given.
  func requiredOptimizer() throws -> any Optimizer {
    guard let optimizer else {
      throw GliaError(
        "no optimizer", at: "training.optimizer", expected: "an optimizer, such as \"adam\"", remedy: "add it")
    }
    return optimizer
  }
}

extension TrainingSettings {
  /// Throws if settings are invalid, or samples do not fit the network and its loss.
  func requireFit(_ data: Dataset, _ targets: EncodedTargets, _ network: Network) throws {
    let loss = try requiredLoss()
    try GliaError.locating("training.loss", loss.checkSettings)
    if let schedule { try GliaError.locating("training.schedule", schedule.checkSettings) }
    for (index, augmentation) in augmentations.enumerated() {
      try GliaError.locating("training.augmentations.\(index)") {
        try augmentation.checkSettings()
        try augmentation.checkEncoding(targets.encoding)
      }
    }
    guard data.inputs.width == network.input.reduce(1, *) else {
      throw GliaError(
        "samples with \(data.inputs.width) features for a network with input shape \(network.input)",
        at: "network.input", expected: "the same number of features",
        remedy: "change the network's input or the features")
    }
    try loss.checkWidths(
      outputs: network.output.reduce(1, *), targets: targets.values.width, classes: targets.classes.count)
  }
}

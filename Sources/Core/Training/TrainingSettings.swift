/// How a network is trained: the section `training` of an experiment.
public struct TrainingSettings: SettingsGroup {
  public static let title = "training"
  /// The loss to minimize; must be given.
  @Part public var loss: (any Loss)? = nil
  /// How parameters follow their gradients; must be given.
  @Part public var optimizer: (any Optimizer)? = nil
  /// What happens to gradients before the optimizer uses them, in order.
  @Part public var transforms: [any Transform] = []
  /// Parameters that have an optimizer of their own, or stay as they are.
  @Sections public var groups: [ParameterGroup] = []
  /// How the learning rate changes; nil for not at all.
  @Part public var schedule: (any Schedule)? = nil
  /// What is measured beside the loss; nil for what suits the loss.
  @Part public var metrics: [any Metric]? = nil
  /// How often all samples are passed.
  public var epochs = 100
  /// How many samples a step looks at; the last step of an epoch takes those that are left.
  public var batchSize = 32
  /// Whether the order of the samples is drawn anew for each epoch.
  public var shuffle = true
  /// What is done to the samples of a batch before they are learned from, in order.
  @Part public var augmentations: [any Augmentation] = []
  /// What weights, orders and dropout are drawn from.
  public var seed: UInt64 = 0
  /// What happens after every epoch.
  @Part public var callbacks: [any Callback] = []

  /// The defaults; loss and optimizer are still to be given.
  public init() {}

  public func validate() throws {
    func require(_ isRight: Bool, _ setting: String, _ value: Int, _ limit: Int) throws {
      guard !isRight else { return }
      throw GliaError("\(setting) \(value)", at: setting, expected: "a whole number from 1 to \(limit.grouped)")
    }
    try require((1...1_000_000_000).contains(epochs), "epochs", epochs, 1_000_000_000)
    try require((1...1_000_000_000).contains(batchSize), "batch_size", batchSize, 1_000_000_000)
    var names: Set<String> = []
    for (index, metric) in (metrics ?? []).enumerated() where !names.insert(type(of: metric).name).inserted {
      throw GliaError(
        "\(type(of: metric).name) stands twice among the metrics", at: "metrics.\(index)",
        expected: "one column of the history each", remedy: "leave one of them out")
    }
  }

  /// The columns of the history: what can be watched while training goes on.
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
  /// Refuses settings that are not valid, and samples that do not fit the network and its loss.
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
        "samples of \(data.inputs.width) features for a network with input shape \(network.input)", at: "network.input",
        expected: "equally many", remedy: "change the network's input or the features")
    }
    try loss.checkWidths(
      outputs: network.output.reduce(1, *), targets: targets.values.width, classes: targets.classes.count)
  }
}

extension Training {
  /// A training of `network` on `data`, with its settings one by one.
  ///
  /// - Parameters:
  ///   - network: where the training starts from.
  ///   - data: the samples to learn from.
  ///   - validation: samples that are evaluated after each epoch.
  ///   - loss: the loss to minimize.
  ///   - optimizer: how parameters follow their gradients.
  ///   - transforms: what happens to gradients before the optimizer uses them, and to parameters around its step.
  ///   - groups: parameters that have an optimizer of their own, or stay as they are.
  ///   - schedule: how the learning rate changes; nil for not at all.
  ///   - metrics: what is measured beside the loss.
  ///   - epochs: how often all samples are passed.
  ///   - batchSize: how many samples a step looks at.
  ///   - shuffle: whether the order is drawn anew for each epoch.
  ///   - augmentations: what is done to the samples of a batch before they are learned from.
  ///   - seed: what orders, dropout and noise are drawn from.
  ///   - callbacks: what happens after every epoch.
  public init(
    _ network: Network, on data: Dataset, validation: Dataset? = nil, loss: some Loss, optimizer: some Optimizer,
    transforms: [any Transform] = [], groups: [ParameterGroup] = [], schedule: (any Schedule)? = nil,
    metrics: [any Metric] = [], epochs: Int = 100, batchSize: Int = 32, shuffle: Bool = true,
    augmentations: [any Augmentation] = [], seed: UInt64 = 0, callbacks: [any Callback] = []
  ) throws {
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer, settings.schedule) = (loss, optimizer, schedule)
    (settings.transforms, settings.groups, settings.augmentations) = (transforms, groups, augmentations)
    (settings.metrics, settings.epochs, settings.batchSize) = (metrics, epochs, batchSize)
    (settings.shuffle, settings.seed, settings.callbacks) = (shuffle, seed, callbacks)
    try self.init(network, on: data, validation: validation, settings: settings)
  }
}

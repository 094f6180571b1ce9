extension Training {
  /// Creates a training of `network` on `data`, with individual settings.
  ///
  /// - Parameters:
  ///   - network: the starting point of the training.
  ///   - data: the samples to learn from.
  ///   - validation: samples that are evaluated after each epoch.
  ///   - loss: the loss to minimize.
  ///   - optimizer: updates the parameters from their gradients.
  ///   - transforms: transformations of gradients before the optimizer's step, and of parameters around it.
  ///   - groups: parameters that have their own optimizer or are frozen.
  ///   - schedule: changes the learning rate; nil for a constant rate.
  ///   - metrics: what is measured in addition to the loss.
  ///   - epochs: the number of passes over all samples.
  ///   - batchSize: the number of samples per step; nil for 32, or all samples for a ``FullBatchOptimizer``.
  ///   - shuffle: whether the samples are shuffled before each epoch.
  ///   - augmentations: random changes to the samples of a batch before they are learned from.
  ///   - seed: the seed for shuffling, dropout and noise.
  ///   - callbacks: actions performed after every epoch.
  public init(
    _ network: Network, on data: Dataset, validation: Dataset? = nil, loss: some Loss, optimizer: some Optimizer,
    transforms: [any Transform] = [], groups: [ParameterGroup] = [], schedule: (any Schedule)? = nil,
    metrics: [any Metric] = [], epochs: Int = 100, batchSize: Int? = nil, shuffle: Bool = true,
    augmentations: [any Augmentation] = [], seed: UInt64 = 0, callbacks: [any Callback] = []
  ) throws {
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer, settings.schedule) = (loss, optimizer, schedule)
    (settings.transforms, settings.groups, settings.augmentations) = (transforms, groups, augmentations)
    (settings.metrics, settings.epochs, settings.$batchSize) = (metrics, epochs, batchSize)
    (settings.shuffle, settings.seed, settings.callbacks) = (shuffle, seed, callbacks)
    try self.init(network, on: data, validation: validation, settings: settings)
  }
}

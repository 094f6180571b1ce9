extension Network {
  /// Returns the mean loss of the samples `data`, and metrics.
  ///
  /// ```swift
  /// let result = try network.evaluate(test, loss: .binaryCrossentropy, metrics: [Accuracy()])
  /// print(result.loss, result["accuracy"] ?? 0)
  /// ```
  ///
  /// - Parameters:
  ///   - data: the samples with their targets, as the network takes them.
  ///   - loss: the loss; if the output activation matches, it is computed from the logits, as in training.
  ///   - metrics: the metrics to compute.
  ///   - classes: the classes in the order that the network learned; nil for those of the data.
  ///   - threshold: the decision threshold of metrics for two classes or labels; nil for the middle of the encoding.
  /// - Throws: if data, network, loss and metrics do not fit together.
  public func evaluate(
    _ data: Dataset, loss: some Loss, metrics: [any Metric] = [], classes: [String]? = nil, threshold: Float? = nil
  ) throws -> Evaluation {
    try require(featuresOf: data)
    try loss.checkSettings()
    let targets = try data.withClasses(for: metrics).encoded(for: loss, classes: classes, by: self)
    try loss.checkWidths(outputs: output.reduce(1, *), targets: targets.values.width, classes: targets.classes.count)
    let canonical = CanonicalOutput(
      self, try loss.balanced(for: targets.values, classes: targets.classes.count))
    let evaluator = try Evaluator(
      canonical: canonical, plan: .chain(canonical.layers, input: input), metrics: metrics,
      encoding: targets.encoding, input: input, targets: targets.values.width,
      scaling: targets.scaling, threshold: threshold)
    return try evaluator.evaluate(self, on: EncodedDataset(data, targets), wantsMatrices: true)
  }

  /// Throws if the samples do not have as many features as the network's input, whatever their shape.
  func require(featuresOf data: Dataset) throws {
    guard data.inputs.width == input.reduce(1, *) else {
      throw GliaError(
        "samples with \(data.inputs.width) features for a network with input shape \(input)", at: data.name,
        expected: "the same number of features")
    }
  }
}

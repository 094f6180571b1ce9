import GliaCore

extension Residuals {
  /// Creates the residuals of a network for one target column.
  ///
  /// - Parameters:
  ///   - network: A regression network with one output per target column.
  ///   - data: Samples with their targets.
  ///   - target: The index of the target column.
  ///   - preprocessing: What turns the features into the network's inputs.
  /// - Throws: An error if `data` and `network` don't match, or if the column doesn't hold numbers.
  public init(
    of network: Network, on data: Dataset, target: Int = 0, preprocessing: Preprocessing = Preprocessing()
  ) throws {
    let outputs = try network.predict(data.preprocessed(by: preprocessing).inputs)
    try self.init(data, outputs: outputs, data.targetScaling, target: target)
  }

  fileprivate init(_ data: Dataset, outputs: Tensor, _ scaling: TargetScaling?, target: Int) throws {
    let width = data.targets.count
    guard data.targets.indices.contains(target) else {
      throw GliaError("target column \(target)", at: data.name, expected: "a column from 0 to \(width - 1)")
    }
    guard outputs.width == width else {
      throw GliaError(
        "\(outputs.width) outputs for \(width) target columns", at: data.name, expected: "one output for every target")
    }
    guard scaling?.width ?? width == width else {
      throw GliaError("a standardization of other targets", at: data.name, expected: "one of \(width) targets")
    }
    let values = scaling?.undoneExactly(outputs.values) ?? outputs.values.map(Double.init)
    let predicted = stride(from: target, to: values.count, by: width).map { values[$0] }
    try self.init(exact: data.targets[target].doubles(), predicted: predicted)
  }
}

extension ResidualPlot {
  /// Creates the figure of a network's predictions for one target column.
  ///
  /// - Parameters:
  ///   - network: A regression network with one output per target column.
  ///   - data: Samples with their targets.
  ///   - target: The index of the target column.
  ///   - preprocessing: What turns the features into the network's inputs.
  /// - Throws: An error if `data` and `network` don't match, or if the column doesn't hold numbers.
  public init(
    of network: Network, on data: Dataset, target: Int = 0, preprocessing: Preprocessing = Preprocessing()
  ) throws {
    self.init(try Residuals(of: network, on: data, target: target, preprocessing: preprocessing))
    name(network, data, target)
  }

  /// Creates the figure of a trained model's predictions for one target column, on samples before standardization.
  public init(of model: Model, on data: Dataset, target: Int = 0) throws {
    self.init(
      try Residuals(data, outputs: model.outputs(for: data), model.targetScaling, target: target))
    name(model.network, data, target)
  }

  private mutating func name(_ network: Network, _ data: Dataset, _ target: Int) {
    title = "\(data.name) · \(network.shortDescription)"
    quantity = data.targets[target].name.withSubscript
  }
}

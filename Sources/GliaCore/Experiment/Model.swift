/// A trained network with everything needed to use it: the experiment, class names, feature names, preprocessing.
public struct Model: Sendable {
  /// The network.
  public var network: Network
  /// The experiment that trained it; its loss defines how outputs are interpreted.
  public var experiment: Experiment
  /// The classes, in order; empty for regression.
  public var classes: [String]
  /// The names of the features, in order.
  public var columns: [String]
  /// The names of the target columns.
  public var targets: [String]
  /// What turns the features into the network's inputs.
  public var preprocessing: Preprocessing
  /// The standardization of regression targets, if any; predictions and metrics are in the targets' own unit.
  public var targetStandardization: Standardization?

  /// Creates a model from its parts.
  public init(
    network: Network, experiment: Experiment = Experiment(), classes: [String] = [], columns: [String] = [],
    targets: [String] = [], preprocessing: Preprocessing = Preprocessing(),
    targetStandardization: Standardization? = nil
  ) {
    self.network = network
    self.experiment = experiment
    self.experiment.network = NetworkSettings(input: network.input, layers: network.layers)
    (self.classes, self.columns, self.targets) = (classes, columns, targets)
    (self.preprocessing, self.targetStandardization) = (preprocessing, targetStandardization)
  }

  /// Returns the outputs for features as they are in the data, one sample per row.
  public func predict(_ x: Tensor) throws -> Tensor {
    let outputs = try network.predict(preprocessing(x, names: columns))
    return try targetStandardization?.undone(outputs) ?? outputs
  }

  /// Returns the outputs for samples, in full precision.
  public func predict(_ data: Dataset) throws -> Tensor {
    let outputs = try outputs(for: data)
    return try targetStandardization?.undone(outputs) ?? outputs
  }

  /// Returns the network's outputs for samples, in the scale of standardized targets.
  package func outputs(for data: Dataset) throws -> Tensor {
    let outputs = try network.predict(preprocessing.inputs(of: data))
    guard let own = targetStandardization, own.mean.count != outputs.width else { return outputs }
    throw GliaError(
      "a standardization for \(own.mean.count) numbers, but \(outputs.width) outputs", expected: "the same number")
  }

  /// Returns loss and metrics on samples, in full precision.
  public func evaluate(_ data: Dataset) throws -> Evaluation {
    if preprocessing.steps.isEmpty { try network.require(featuresOf: data) }
    let settings = experiment.training
    var data = try data.preprocessed(by: preprocessing)
    data.targetStandardization = targetStandardization
    return try network.evaluate(
      data, loss: settings.requiredLoss(), metrics: settings.metrics ?? [],
      classes: classes.isEmpty ? nil : classes)
  }

  /// How the outputs are interpreted: as defined by the loss, or as classes if a loss on numbers was trained on classes.
  public var targetEncoding: TargetEncoding {
    let own = experiment.training.loss?.targetEncoding ?? .values
    guard own == .values, !classes.isEmpty else { return own }
    return network.encoding(ofClasses: classes.count) ?? own
  }

  /// Returns the class that each row of `outputs` predicts, as an index into ``classes``.
  public func decide(_ outputs: Tensor) -> [Int] {
    let threshold = targetEncoding.threshold
    return (0..<outputs.rows).map { row in
      let scores = outputs[row: row]
      guard scores.count > 1 else { return (scores.first ?? 0) > threshold ? 1 : 0 }
      return scores.indices.max { scores[$0] < scores[$1] }.map { $0 - scores.startIndex } ?? 0
    }
  }
}

/// A trained network with all that is needed to use it: the experiment, class names, feature names, standardization.
public struct Model: Sendable {
  /// The network.
  public var network: Network
  /// What it was trained by; its loss decides how outputs are read.
  public var experiment: Experiment
  /// The classes in their order; empty for regression.
  public var classes: [String]
  /// The names of the features, in their order.
  public var columns: [String]
  /// The names of the target columns.
  public var targets: [String]
  /// How features are standardized before the network sees them.
  public var standardization: Standardization?
  /// How the targets of a regression were standardized for the network; predictions and metrics are in the targets' own unit.
  public var targetStandardization: Standardization?

  /// A model of its parts.
  public init(
    network: Network, experiment: Experiment = Experiment(), classes: [String] = [], columns: [String] = [],
    targets: [String] = [], standardization: Standardization? = nil, targetStandardization: Standardization? = nil
  ) {
    self.network = network
    self.experiment = experiment
    self.experiment.network = NetworkSettings(input: network.input, layers: network.layers)
    (self.classes, self.columns, self.targets) = (classes, columns, targets)
    (self.standardization, self.targetStandardization) = (standardization, targetStandardization)
  }

  /// The outputs for samples as they were before standardization.
  public func predict(_ x: Tensor) throws -> Tensor {
    let outputs = try network.predict(standardization.map { try $0(x) } ?? x)
    return try targetStandardization?.undone(outputs) ?? outputs
  }

  /// The outputs for samples, in all the digits that they have.
  public func predict(_ data: Dataset) throws -> Tensor {
    let outputs = try outputs(for: data)
    return try targetStandardization?.undone(outputs) ?? outputs
  }

  /// The outputs for samples as the network gives them, of standardized targets.
  package func outputs(for data: Dataset) throws -> Tensor {
    let outputs = try network.predict(data.standardized(by: standardization).inputs)
    guard let own = targetStandardization, own.mean.count != outputs.width else { return outputs }
    throw GliaError("a standardization of \(own.mean.count) numbers for \(outputs.width)", expected: "equally many")
  }

  /// Loss and metrics on samples, in all the digits that they have.
  public func evaluate(_ data: Dataset) throws -> Evaluation {
    try network.require(featuresOf: data)
    let settings = experiment.training
    var data = try data.standardized(by: standardization)
    data.targetStandardization = targetStandardization
    return try network.evaluate(
      data, loss: settings.requiredLoss(), metrics: settings.metrics ?? [],
      classes: classes.isEmpty ? nil : classes)
  }

  /// How the outputs are to be read: by the loss, or as classes where a loss of numbers learned some.
  public var targetEncoding: TargetEncoding {
    let own = experiment.training.loss?.targetEncoding ?? .values
    guard own == .values, !classes.isEmpty else { return own }
    return network.encoding(ofClasses: classes.count) ?? own
  }

  /// The class that each row of `outputs` speaks for, as an index into ``classes``.
  public func decide(_ outputs: Tensor) -> [Int] {
    let threshold = targetEncoding.threshold
    return (0..<outputs.rows).map { row in
      let scores = outputs[row: row]
      guard scores.count > 1 else { return (scores.first ?? 0) > threshold ? 1 : 0 }
      return scores.indices.max { scores[$0] < scores[$1] }.map { $0 - scores.startIndex } ?? 0
    }
  }
}

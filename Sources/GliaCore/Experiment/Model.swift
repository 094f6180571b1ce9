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
  /// The scaling of regression targets, if any; predictions and metrics are in the targets' own unit.
  public var targetScaling: TargetScaling?
  /// What was fitted in addition to the network: the decision threshold, the temperature, prediction intervals, class weights.
  public var fitted = FittedValues()

  /// Creates a model from its parts; ``Training/model`` has all of them.
  ///
  /// ```swift
  /// var model = Model(network: network, classes: ["no", "yes"], columns: ["age", "income"], targets: ["bought"])
  /// model.experiment.training.loss = BinaryCrossentropy()   // needed to evaluate it
  /// ```
  public init(
    network: Network, experiment: Experiment = Experiment(), classes: [String] = [], columns: [String] = [],
    targets: [String] = [], preprocessing: Preprocessing = Preprocessing(), targetScaling: TargetScaling? = nil
  ) {
    self.network = network
    self.experiment = experiment
    self.experiment.network = NetworkSettings(input: network.input, layers: network.layers)
    (self.classes, self.columns, self.targets) = (classes, columns, targets)
    (self.preprocessing, self.targetScaling) = (preprocessing, targetScaling)
  }

  /// Returns the outputs for features as they are in the data, one sample per row.
  public func predict(_ x: Tensor) throws -> Tensor {
    let outputs = try calibratedNetwork().predict(preprocessing(x, names: columns))
    return try targetScaling?.undone(outputs) ?? outputs
  }

  /// Returns the outputs for samples, in full precision.
  public func predict(_ data: Dataset) throws -> Tensor {
    let outputs = try outputs(for: data)
    return try targetScaling?.undone(outputs) ?? outputs
  }

  /// Returns the network's outputs for samples, in the scale of the network's targets.
  package func outputs(for data: Dataset) throws -> Tensor {
    let outputs = try calibratedNetwork().predict(preprocessing.inputs(of: data))
    try targetScaling?.require(outputs)
    return outputs
  }

  /// The number of features of a sample before preprocessing.
  public var featureCount: Int { columns.isEmpty ? network.input.reduce(1, *) : columns.count }

  /// Throws unless samples have the model's features.
  func require(featuresOf data: Dataset) throws {
    // Steps look their features up by name.
    if preprocessing.steps.isEmpty { try network.require(featuresOf: data) }
  }

  /// Returns loss and metrics on samples, in full precision.
  public func evaluate(_ data: Dataset) throws -> Evaluation {
    try require(featuresOf: data)
    let settings = experiment.training
    var data = try data.preprocessed(by: preprocessing)
    data.targetScaling = targetScaling
    var loss = try requiredLoss()
    if let weights = fitted.classWeights { loss = loss.weightingClasses(by: weights) }
    return try calibratedNetwork().evaluate(
      data, loss: loss, metrics: settings.metrics ?? [],
      classes: classes.isEmpty ? nil : classes, threshold: fitted.threshold)
  }

  /// The loss; throws if the model was created without one.
  private func requiredLoss() throws -> any Loss {
    if let loss = experiment.training.loss { return loss }
    let isBinary = network.output.reduce(1, *) == 1
    let usual =
      classes.isEmpty ? "MeanSquaredError" : isBinary ? "BinaryCrossentropy" : "SparseCategoricalCrossentropy"
    throw GliaError(
      "the model does not say which loss it was trained with", at: "training.loss",
      expected: "a model of glia train, or training.model in Swift",
      remedy: "in Swift, add the loss before writing the model: model.experiment.training.loss = \(usual)()")
  }

  /// How the outputs are interpreted: as defined by the loss, or as classes if a loss on numbers was trained on classes.
  public var targetEncoding: TargetEncoding {
    let own = experiment.training.loss?.targetEncoding ?? .values
    guard own == .values, !classes.isEmpty else { return own }
    return network.encoding(ofClasses: classes.count) ?? own
  }

  /// The rule that turns outputs into decisions.
  public var rule: DecisionRule { DecisionRule(targetEncoding, threshold: fitted.threshold) }

  /// The network with calibrated probabilities: its output activation receives z / T if a temperature T was fitted.
  ///
  /// For an ensemble, the mean of the members' probabilities p becomes proportional to p^(1/T), or its log-odds are divided by T.
  public func calibratedNetwork() throws -> Network { try fitted.temperature.map(network.tempered) ?? network }

  /// Returns the class that each row of `outputs` predicts, as an index into ``classes``.
  public func decide(_ outputs: Tensor) -> [Int] {
    let rule = rule
    return (0..<outputs.rows).map { rule.predictedClass(outputs[row: $0]) }
  }
}

import Glia

extension Model {
  /// Creates the model of an ONNX file, as PyTorch, Keras (tf2onnx) and scikit-learn (skl2onnx) export feed-forward networks.
  ///
  /// Scaling of the inputs becomes the standardization; the loss is one that suits the outputs: crossentropy for a softmax or
  /// a single sigmoid, mean squared error for numbers. A log-softmax at the end becomes a softmax, because Glia's losses take
  /// probabilities. Text becomes categories: the model then names `data.csv` as its data, a file that need not exist. A mean of
  /// branches becomes an ensemble, whose temperature is kept.
  ///
  /// ```swift
  /// let model = try Model(onnx: ONNXModel(contentsOf: "network.onnx"))
  /// ```
  ///
  /// - Throws: `GliaError` that names the node if the graph has an operator for which Glia has no layer.
  public init(onnx: ONNXModel) throws {
    let budget = ImportBudget(numbers: onnx.graph.size)
    let reader = try ONNXGraphReader(onnx, budget: budget)
    let result = try ONNXResult(of: reader)
    var path = ImportedPath(reader.flow, budget: budget)
    var pieces = try path.pieces(from: 0, to: result.step).simplified(budget, at: "graph", keepsScaling: true)
    if case .activation(let activation)? = pieces.last, activation is LogSoftmax {
      pieces[pieces.count - 1] = .activation(Softmax())
    }
    let isExpMinusOne = if case .expMinusOne? = pieces.last { true } else { false }
    if isExpMinusOne { pieces.removeLast() }
    let calibration = pieces.removeCalibration()
    let standardization = pieces.count > 1 ? pieces[0].standardization : nil
    if standardization != nil { pieces.removeFirst() }
    let input = reader.flow.steps[0].shape
    let made = try ImportedLayers(pieces, input: input, budget: budget)
    var network = try Network(input: input, layers: made.layers)
    try network.setAll(made.tensors)
    let task = result.task(of: network, labels: reader.labels)
    var experiment = Experiment()
    (experiment.training.loss, experiment.training.metrics) = (task.loss, task.metrics)
    self.init(
      network: network, experiment: experiment, classes: task.classes,
      columns: reader.inputs.names, targets: task.targets,
      preprocessing: Preprocessing(standardization: standardization),
      targetScaling: isExpMinusOne ? TargetScaling(transform: .log1p) : nil)
    fitted.temperature = try calibration?.temperature(of: network)
    // The usual threshold need not be noted; of two scores, the larger one is the usual decision.
    let isUsual =
      result.threshold == rule.encoding.threshold
      && (network.output != [2] || task.loss is SparseCategoricalCrossentropy)
    fitted.threshold = isUsual ? nil : result.threshold
    restoreNames(from: onnx)
    if !reader.inputs.categories.isEmpty {
      self.experiment.data = try reader.inputs.source(columns: columns, targets: targets)
    }
  }

  /// Takes over the names that Glia's own export notes, as far as they fit.
  private mutating func restoreNames(from onnx: ONNXModel) {
    func names(_ key: String) -> [String]? {
      guard let text = onnx.metadata[key], let array = (try? JSON(parsing: text, name: key))?.array else { return nil }
      let names = array.compactMap(\.string)
      return names.count == array.count && Set(names).count == names.count ? names : nil
    }
    if let own = names("glia.classes"), own.count == classes.count { classes = own }
    if let own = names("glia.columns"), own.count == columns.count { columns = own }
    // Classes have one target, numbers and labels as many as there are outputs.
    let count = classes.isEmpty ? network.output.reduce(1, *) : 1
    if let own = names("glia.targets"), own.count == count { targets = own }
  }
}

extension ImportedPiece {
  /// The standardization that scaling stands for: a x + b = (x + b / a) / (1 / a); nil if it is none.
  fileprivate var standardization: Standardization? {
    guard isPositiveScaling, case .affine(let factor, let offset) = self else { return nil }
    // As in a model file, so that a model written and read again is the same.
    return try? Standardization(
      mean: zip(factor, offset).map { (-$1 / $0).asPair }, scale: factor.map { (1 / $0).asPair })
  }
}

import GliaCore

extension ClassScores {
  /// Creates the scores of a network on samples whose classes are known.
  ///
  /// - Parameters:
  ///   - network: A classifier. Its outputs are probabilities if it ends in a sigmoid or softmax, and decision values
  ///     around 0 otherwise.
  ///   - data: Samples with one column of classes.
  ///   - classes: The names of the classes in the order of the outputs; if `nil`, those of `data`.
  ///   - preprocessing: What turns the features into the network's inputs.
  /// - Throws: An error if `data` and `network` don't match, or if `data` has a class that is not among `classes`.
  public init(
    of network: Network, on data: Dataset, classes: [String]? = nil, preprocessing: Preprocessing = Preprocessing()
  ) throws {
    let names = try classes ?? data.classColumn().classes
    let inputs = try data.preprocessed(by: preprocessing).inputs
    try self.init(
      network.predict(inputs).values, labels: data.labels(among: names), classes: names, scoreKind: network.scoreKind(),
      ties: network.scores(for: inputs), softLabels: data.softLabels(among: names))
  }

  /// Creates the scores of a trained model on samples before standardization; decisions use the threshold of the
  /// model or else of its loss.
  public init(of model: Model, on data: Dataset) throws {
    try self.init(
      model.predict(data).values, labels: data.labels(among: model.classes), classes: model.classes,
      scoreKind: model.network.scoreKind(for: model.targetEncoding),
      ties: model.network.scores(for: data.preprocessed(by: model.preprocessing).inputs),
      threshold: model.fitted.threshold, softLabels: data.softLabels(among: model.classes))
  }
}

extension ClassifierFigure {
  /// Creates the figure of a network's outputs on samples whose classes are known.
  ///
  /// - Parameters:
  ///   - network: A classifier. Its outputs are probabilities if it ends in a sigmoid or softmax, and decision values
  ///     around 0 otherwise.
  ///   - data: Samples with one column of classes.
  ///   - classes: The names of the classes in the order of the outputs; if `nil`, those of `data`.
  ///   - preprocessing: What turns the features into the network's inputs.
  /// - Throws: An error if `data` and `network` don't match, or if the figure can't show such outputs.
  public init(
    of network: Network, on data: Dataset, classes: [String]? = nil, preprocessing: Preprocessing = Preprocessing()
  ) throws {
    try self.init(ClassScores(of: network, on: data, classes: classes, preprocessing: preprocessing))
    title = "\(data.name) · \(network.shortDescription)"
  }

  /// Creates the figure of a trained model's outputs on samples before standardization.
  public init(of model: Model, on data: Dataset) throws {
    try self.init(ClassScores(of: model, on: data))
    title = "\(data.name) · \(model.network.shortDescription)"
  }
}

extension ROCCurve.Curve {
  /// Creates the curve of one of several binary classifiers, for a figure that compares them.
  ///
  /// ```swift
  /// let figure = ROCCurve([try .init("small", of: small, on: test), try .init("large", of: large, on: test)])
  /// ```
  ///
  /// - Parameters:
  ///   - name: The name of the curve in the legend.
  ///   - network: The classifier.
  ///   - data: Samples of two classes, the second of which is the positive one.
  ///   - preprocessing: What turns the features into the network's inputs.
  /// - Throws: An error if `data` and `network` don't match, or if there aren't exactly two classes.
  public init(_ name: String, of network: Network, on data: Dataset, preprocessing: Preprocessing = Preprocessing())
    throws
  {
    self = try ROCCurve(ClassScores(of: network, on: data, preprocessing: preprocessing)).curves.only(at: data.name)
    self.name = name
  }
}

extension PrecisionRecallCurve.Curve {
  /// Creates the curve of one of several binary classifiers, for a figure that compares them.
  ///
  /// - Parameters:
  ///   - name: The name of the curve in the legend.
  ///   - network: The classifier.
  ///   - data: Samples of two classes, the second of which is the positive one.
  ///   - preprocessing: What turns the features into the network's inputs.
  /// - Throws: An error if `data` and `network` don't match, or if there aren't exactly two classes.
  public init(_ name: String, of network: Network, on data: Dataset, preprocessing: Preprocessing = Preprocessing())
    throws
  {
    let results = try ClassScores(of: network, on: data, preprocessing: preprocessing)
    self = try PrecisionRecallCurve(results).curves.only(at: data.name)
    self.name = name
  }
}

extension Array {
  /// Returns the only curve, that of a binary classifier.
  fileprivate func only(at place: String) throws -> Element {
    guard count == 1 else {
      throw GliaError("\(count) curves of one classifier", at: place, expected: "two classes, which make one curve")
    }
    return self[0]
  }
}

import GliaCore

extension ClassScores {
  /// The scores of a network on samples whose classes are known.
  ///
  /// - Parameters:
  ///   - network: a classifier; after a sigmoid or softmax its outputs are probabilities, else decision values around 0.
  ///   - data: samples with one column of classes.
  ///   - classes: the names in the order of the outputs; nil for those of `data`.
  ///   - standardization: what is done to features before the network sees them.
  /// - Throws: when data and network do not fit each other, or `data` has a class that is not among `classes`.
  public init(
    of network: Network, on data: Dataset, classes: [String]? = nil, standardization: Standardization? = nil
  ) throws {
    let names = try classes ?? data.classColumn().classes
    let inputs = try data.standardized(by: standardization).inputs
    try self.init(
      network.predict(inputs).values, labels: data.labels(among: names), classes: names, scoreKind: network.scoreKind(),
      ties: network.scores(for: inputs))
  }

  /// The scores of a trained model, decided at the threshold of its loss, on samples as they were before standardization.
  public init(of model: Model, on data: Dataset) throws {
    try self.init(
      model.predict(data).values, labels: data.labels(among: model.classes), classes: model.classes,
      scoreKind: model.network.scoreKind(for: model.targetEncoding),
      ties: model.network.scores(for: data.standardized(by: model.standardization).inputs))
  }
}

extension ClassifierFigure {
  /// The figure of a network's outputs on samples whose classes are known.
  ///
  /// - Parameters:
  ///   - network: a classifier; after a sigmoid or softmax its outputs are probabilities, else decision values around 0.
  ///   - data: samples with one column of classes.
  ///   - classes: the names in the order of the outputs; nil for those of `data`.
  ///   - standardization: what is done to features before the network sees them.
  /// - Throws: when data and network do not fit each other, or the outputs cannot be drawn in this way.
  public init(
    of network: Network, on data: Dataset, classes: [String]? = nil, standardization: Standardization? = nil
  ) throws {
    try self.init(ClassScores(of: network, on: data, classes: classes, standardization: standardization))
    title = "\(data.name) · \(network.shortDescription)"
  }

  /// The figure of a trained model's outputs on samples as they were before standardization.
  public init(of model: Model, on data: Dataset) throws {
    try self.init(ClassScores(of: model, on: data))
    title = "\(data.name) · \(model.network.shortDescription)"
  }
}

extension ROCCurve.Curve {
  /// The curve of one of several classifiers of two classes, for a figure of them all.
  ///
  /// ```swift
  /// let figure = ROCCurve([try .init("small", of: small, on: test), try .init("large", of: large, on: test)])
  /// ```
  ///
  /// - Parameters:
  ///   - name: what it is called in the legend.
  ///   - network: the classifier.
  ///   - data: samples of two classes, the second of which is looked for.
  ///   - standardization: what is done to features before the network sees them.
  /// - Throws: when data and network do not fit each other, or there are not two classes.
  public init(_ name: String, of network: Network, on data: Dataset, standardization: Standardization? = nil) throws {
    self = try ROCCurve(ClassScores(of: network, on: data, standardization: standardization)).curves.only(at: data.name)
    self.name = name
  }
}

extension PrecisionRecallCurve.Curve {
  /// The curve of one of several classifiers of two classes, for a figure of them all.
  ///
  /// - Parameters:
  ///   - name: what it is called in the legend.
  ///   - network: the classifier.
  ///   - data: samples of two classes, the second of which is looked for.
  ///   - standardization: what is done to features before the network sees them.
  /// - Throws: when data and network do not fit each other, or there are not two classes.
  public init(_ name: String, of network: Network, on data: Dataset, standardization: Standardization? = nil) throws {
    let results = try ClassScores(of: network, on: data, standardization: standardization)
    self = try PrecisionRecallCurve(results).curves.only(at: data.name)
    self.name = name
  }
}

extension Array {
  /// The curve of a classifier of two classes.
  fileprivate func only(at place: String) throws -> Element {
    guard count == 1 else {
      throw GliaError("\(count) curves of one classifier", at: place, expected: "two classes, which make one curve")
    }
    return self[0]
  }
}

import GliaCore

extension RegressionSurface {
  /// Creates the figure of a network with two inputs and one output.
  ///
  /// ```swift
  /// try RegressionSurface(of: network, on: hills, test: others).write(to: "surface.png")
  /// ```
  ///
  /// - Parameters:
  ///   - network: A regression network.
  ///   - data: The training samples, drawn as discs.
  ///   - test: The test samples, drawn as diamonds.
  ///   - preprocessing: What turns the features into the network's inputs; the picture shows
  ///     the original values.
  /// - Throws: An error if the network has another number of inputs or outputs, or if the targets aren't numbers.
  public init(
    of network: Network, on data: Dataset, test: Dataset? = nil, preprocessing: Preprocessing = Preprocessing()
  ) throws {
    try network.require(inputs: 2, for: data, preprocessing)
    let shown = try ShownSamples(data, test: test, preprocessing)
    let (data, test, preprocessing) = (shown.data, shown.test, shown.preprocessing)
    func samples(_ name: String, _ data: Dataset, _ marker: Marker) throws -> Samples {
      Samples(name, data.inputs.values, targets: try data.targets.first?.numbers() ?? [], marker: marker)
    }
    let sets = try [samples("train", data, .circle)] + (test.map { [try samples("test", $0, .diamond)] } ?? [])
    self.init(samples: sets) { points in
      let x = try Tensor(shape: [points.count / 2, 2], points)
      let outputs = try network.predict(preprocessing(x, names: data.inputNames))
      return try (data.targetScaling?.undone(outputs) ?? outputs).values
    }
    numbersPerPoint = network.numbersPerSample
    axes = (data.inputNames[0].withSubscript, data.inputNames[1].withSubscript)
    quantity = data.targets.first?.name ?? "value"
    ratio = PlaneLayout.featureRatio
    title = "\(data.name) · \(network.shortDescription)"
  }
}

extension RegressionFit {
  /// Creates the figure of a network with one input and one output.
  ///
  /// ```swift
  /// try RegressionFit(of: network, on: sine, test: others).write(to: "fit.png")
  /// ```
  ///
  /// - Parameters:
  ///   - network: A regression network.
  ///   - data: The training samples, drawn filled.
  ///   - test: The test samples, drawn hollow.
  ///   - preprocessing: What turns the features into the network's inputs; the picture shows
  ///     the original values.
  /// - Throws: An error if the network has another number of inputs or outputs, or if the targets aren't numbers.
  public init(
    of network: Network, on data: Dataset, test: Dataset? = nil, preprocessing: Preprocessing = Preprocessing()
  ) throws {
    try network.require(inputs: 1, for: data, preprocessing)
    let shown = try ShownSamples(data, test: test, preprocessing)
    let (data, test, preprocessing) = (shown.data, shown.test, shown.preprocessing)
    func samples(_ name: String, _ data: Dataset, _ style: PointSet.Style) throws -> Samples {
      Samples(name, x: data.inputs.values, y: try data.targets.first?.numbers() ?? [], style: style)
    }
    let sets = try [samples("train", data, .filled)] + (test.map { [try samples("test", $0, .hollow)] } ?? [])
    self.init(samples: sets) { points in
      let x = try Tensor(shape: [points.count, 1], points)
      let outputs = try network.predict(preprocessing(x, names: data.inputNames))
      return try (data.targetScaling?.undone(outputs) ?? outputs).values
    }
    axes = (data.inputNames[0].withSubscript, data.targets.first?.name.withSubscript ?? "y")
    title = "\(data.name) · \(network.shortDescription)"
  }
}

extension RegressionFit {
  /// Creates the figure of a classifier with one input: the curve of its output for the second of two classes, with the
  /// samples.
  ///
  /// - Parameters:
  ///   - model: A classifier with one input and two classes.
  ///   - data: The training samples, drawn filled.
  ///   - test: The test samples, drawn hollow.
  /// - Throws: An error for any other model, or if a class is unknown to the model.
  public init(of model: Model, on data: Dataset, test: Dataset? = nil) throws {
    let (network, classes) = (model.network, model.classes)
    let outputs = network.output.reduce(1, *)
    guard model.featureCount == 1, classes.count == 2, 1...2 ~= outputs else {
      throw GliaError(
        "a curve of one input tells two classes apart, not \(classes.count)", at: data.name, expected: "two classes",
        remedy: "draw its confusion matrix instead: glia plot confusion, or ConfusionMatrixPlot in Swift")
    }
    // If there are two outputs, the second one is drawn.
    var levels: (low: Float, high: Float) = (0, 1)
    if case .binary(let negative, let positive) = model.targetEncoding { levels = (negative, positive) }
    func samples(_ name: String, _ data: Dataset, _ style: PointSet.Style) throws -> Samples {
      let sides = try data.labels(among: classes).map { $0 == 1 ? levels.high : levels.low }
      return Samples(name, x: data.inputs.values, y: sides, style: style)
    }
    let sets = try [samples("train", data, .filled)] + (test.map { [try samples("test", $0, .hollow)] } ?? [])
    self.init(samples: sets) { points in
      let values = try model.predict(Tensor(shape: [points.count, 1], points)).values
      return stride(from: outputs - 1, to: values.count, by: outputs).map { values[$0] }
    }
    axes = (data.inputNames[0].withSubscript, network.scoreKind().quantity(of: classes.namedAsClasses[1]))
    title = "\(data.name) · \(network.shortDescription)"
  }
}

extension Network {
  /// Throws an error if the network has another number of inputs or more than one output.
  func require(inputs: Int, for data: Dataset, _ preprocessing: Preprocessing) throws {
    let own = preprocessing.steps.isEmpty ? input.reduce(1, *) : data.unstandardized().inputs.width
    let outputs = output.reduce(1, *)
    guard own == inputs, outputs == 1 else {
      throw GliaError(
        "a function of \(own) input\(own == 1 ? "" : "s") and \(outputs) output\(outputs == 1 ? "" : "s")",
        at: data.name, expected: "\(inputs) and one",
        remedy: "draw its residuals instead: glia plot residuals, or ResidualPlot in Swift")
    }
  }
}

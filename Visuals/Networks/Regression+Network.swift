import GliaCore

extension RegressionSurface {
  /// What a model of two inputs and one output has learned, with samples as they were before standardization.
  ///
  /// ```swift
  /// try RegressionSurface(of: model, on: hills, test: others).write(to: "surface.png")
  /// ```
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - data: what it learned from, drawn as discs.
  ///   - test: what it did not, drawn as diamonds.
  /// - Throws: for a model of other inputs and outputs, and for targets that are no numbers.
  public init(of model: Model, on data: Dataset, test: Dataset? = nil) throws {
    try model.require(inputs: 2, for: data)
    func samples(_ name: String, _ data: Dataset, _ marker: Marker) throws -> Samples {
      Samples(name, data.inputs.values, targets: try data.targets.first?.numbers() ?? [], marker: marker)
    }
    let sets = try [samples("train", data, .circle)] + (test.map { [try samples("test", $0, .diamond)] } ?? [])
    self.init(samples: sets) { points in
      try model.predict(Tensor(shape: [points.count / 2, 2], points)).values
    }
    axes = (data.inputNames[0].withSubscript, data.inputNames[1].withSubscript)
    quantity = data.targets.first?.name ?? "value"
    title = "\(data.name) · \(model.network.shortDescription)"
  }
}

extension RegressionFit {
  /// What a model of one input and one output has learned, with samples as they were before standardization.
  ///
  /// ```swift
  /// try RegressionFit(of: model, on: sine, test: others).write(to: "fit.png")
  /// ```
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - data: what it learned from, drawn filled.
  ///   - test: what it did not, drawn hollow.
  /// - Throws: for a model of other inputs and outputs, and for targets that are no numbers.
  public init(of model: Model, on data: Dataset, test: Dataset? = nil) throws {
    try model.require(inputs: 1, for: data)
    func samples(_ name: String, _ data: Dataset, _ style: PointSet.Style) throws -> Samples {
      Samples(name, x: data.inputs.values, y: try data.targets.first?.numbers() ?? [], style: style)
    }
    let sets = try [samples("train", data, .filled)] + (test.map { [try samples("test", $0, .hollow)] } ?? [])
    self.init(samples: sets) { x in try model.predict(Tensor(shape: [x.count, 1], x)).values }
    axes = (data.inputNames[0].withSubscript, data.targets.first?.name.withSubscript ?? "y")
    title = "\(data.name) · \(model.network.shortDescription)"
  }
}

extension Model {
  /// Refuses to draw a function of more or fewer numbers.
  fileprivate func require(inputs: Int, for data: Dataset) throws {
    let (own, outputs) = (network.input.reduce(1, *), network.output.reduce(1, *))
    guard own == inputs, outputs == 1 else {
      throw GliaError(
        "a function of \(own) input\(own == 1 ? "" : "s") and \(outputs) output\(outputs == 1 ? "" : "s")",
        at: data.name, expected: "\(inputs) and one",
        remedy: "draw its residuals, or the maps of its units")
    }
  }
}

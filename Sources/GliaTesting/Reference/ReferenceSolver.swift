import GliaCore

/// Cases with `optimizer` instead of `kind`: a full-batch solver, and the minimum that SciPy finds.
extension ReferenceCase {
  /// The number of epochs for each parameter of a sum of squares, whose valleys are flat; that of SciPy.
  private static let longestFit = 100

  func checkSolver(_ registry: Registry, _ found: inout Findings) throws {
    switch componentName {
    case "levenberg_marquardt": try checkLeastSquares(registry, &found)
    default: try checkConvex(registry, &found)
    }
  }

  /// One layer with an l2 penalty on its weights: the objective after at most 1.2 times as many epochs as SciPy needs iterations.
  private func checkConvex(_ registry: Registry, _ found: inout Findings) throws {
    let activation = try member("activation")
    let layer: JSON = [
      "type": "dense", "units": try member("outputs"), "activation": activation,
      "regularizer": ["type": "l2", "strength": try member("l2")],
    ]
    let name = activation == "softmax" ? "sparse_categorical_crossentropy" : "binary_crossentropy"
    let loss = try registry.make((any Loss).self, named: name)
    let iterations = try number("iterations")
    guard iterations >= 1, iterations <= 10_000 else {
      throw GliaError("\(iterations) iterations", at: place("iterations"), expected: "a number from 1 to 10,000")
    }
    // Recording takes targets as the numbers that they are.
    let trained = try fit([layer], RecordingLoss(loss), epochs: Int(1.2 * iterations), registry)
    let weight = trained.network["layers.0.weight"]?.values ?? []
    let penalty = try number("l2") * weight.reduce(0) { $0 + Double($1) * Double($1) }
    found.compare(
      check("objective"), [trained.loss + penalty], [try number("objective")],
      within: Tolerance(absolute: 0, relative: 1e-6), at: { _ in "epoch \(trained.epochs)" })
  }

  /// A layer of tanh units and a linear one: the mean squared error, at most 1.02 times that of SciPy.
  private func checkLeastSquares(_ registry: Registry, _ found: inout Findings) throws {
    let widths = try Self.shape(member("widths"), at: place("widths"))
    guard widths.count == 3 else {
      throw GliaError("widths \(widths)", at: place("widths"), expected: "inputs, tanh units and outputs")
    }
    let layers: [JSON] = [
      ["type": "dense", "units": JSON(widths[1]), "activation": "tanh"], ["type": "dense", "units": JSON(widths[2])],
    ]
    let loss = try registry.make((any Loss).self, named: "mean_squared_error")
    let parameters = try tensors("initial").reduce(0) { $0 + $1.tensor.values.count }
    let trained = try fit(layers, loss, epochs: Self.longestFit * max(parameters, 1), registry)
    let limit = 1.02 * (try number("mean_squared_error"))
    found.expect(
      check("mean squared error"), trained.loss <= limit,
      "the mean squared error after \(trained.epochs) epochs is \(trained.loss.short), not at most \(limit.short)")
  }

  /// Trains from the `initial` tensors, and returns the network and its loss, without penalties.
  private func fit(
    _ layers: [JSON], _ loss: any Loss, epochs: Int, _ registry: Registry
  ) throws -> (network: Network, loss: Double, epochs: Int) {
    let (inputs, targets) = (try matrix("x"), try matrix("y"))
    guard inputs.rows == targets.rows else {
      throw GliaError("\(targets.rows) targets for \(inputs.rows) samples", at: place("y"), expected: "one for each")
    }
    let network = try network(
      from: tensors("initial"), input: [inputs.width], described: ["layers": .array(layers)], registry)
    let data = try Dataset(inputs: inputs, targets: targets)
    var settings = TrainingSettings()
    (settings.loss, settings.metrics, settings.epochs) = (loss, [], epochs)
    settings.optimizer = try registry.make((any Optimizer).self, named: componentName)
    return try GliaError.locating("\(index)") {
      var training = try Training(network, on: data, settings: settings)
      try training.fit()
      return (training.network, try training.evaluate(data).loss, training.history.count)
    }
  }

  /// A list of rows, or of single numbers.
  private func matrix(_ key: String) throws -> Tensor {
    let rows = try Self.list(member(key), at: place(key)).enumerated().map { index, row in
      row.array == nil
        ? [try Self.number(row, at: "\(place(key)).\(index)")] : try Self.numbers(row, at: "\(place(key)).\(index)")
    }
    guard let width = rows.first?.count, width > 0, rows.allSatisfy({ $0.count == width }) else {
      throw GliaError("rows of different lengths, or none", at: place(key), expected: "equal lengths")
    }
    return try Tensor(shape: [rows.count, width], rows.joined().map { Float($0) })
  }
}

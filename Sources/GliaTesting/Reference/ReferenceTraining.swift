import GliaCore

extension ReferenceCase {
  /// Trains from the `initial` tensors without shuffling, and compares every loss and final tensor.
  func checkTraining(_ registry: Registry, _ found: inout Findings) throws {
    let (samples, features) = try matrixShape("x_shape")
    let inputs = try Tensor(shape: [samples, features], numbers("x", count: samples * features).floats)
    let initial = try tensors("initial")
    let network = try network(from: initial, input: [features], registry)
    var settings = try TrainingSettings(from: member("training"), with: registry, at: place("training"))
    guard let loss = settings.loss else {
      throw GliaError("training without a loss", at: place("training.loss"), expected: "a loss", remedy: "add it")
    }
    let data = try dataset(inputs, loss, outputs: network.output.reduce(1, *))
    let losses = try numbers("loss_before_each_step")
    try requireSteps(losses.count, settings, samples: samples)
    let record = RecordingLoss.Record()
    (settings.loss, settings.shuffle, settings.metrics) = (RecordingLoss(loss, record: record), false, [])

    let trained = try GliaError.locating("\(index)") { try Self.train(network, on: data, settings) }
    // The loss after the last step is used only to detect divergence.
    let seen = record.values.withLock { $0.dropLast() }
    found.compare(
      check("loss before each step"), Array(seen), losses, within: .values, at: { "step \($0 + 1)" })
    let final = try tensors("final")
    for (name, tensor) in trained.tensors {
      guard let right = final.first(where: { $0.name == name })?.tensor, right.shape == tensor.shape else {
        throw GliaError("no final tensor \(name)", at: place("final"), expected: "\(name) of shape \(tensor.shape)")
      }
      found.compare(check(name), tensor.values.doubles, right.values.doubles, within: .weights, at: { "element \($0)" })
    }
  }

  private static func train(_ network: Network, on data: Dataset, _ settings: TrainingSettings) throws -> Network {
    var training = try Training(network, on: data, settings: settings)
    try training.fit()
    return training.network
  }

  /// Creates the network with its initial tensors. Sizes are compared before memory is allocated.
  func network(
    from initial: [(name: String, tensor: Tensor)], input: [Int], described json: JSON? = nil, _ registry: Registry
  ) throws -> Network {
    let settings = try NetworkSettings(from: json ?? member("network"), with: registry, at: place("network"))
    let plan = try GliaError.locating(place("network")) { try LayerPlan.chain(settings.layers, input: input) }
    for parameter in plan.parameters {
      let shape = initial.first { $0.name == parameter.name }?.tensor.shape
      guard shape == parameter.shape else {
        throw GliaError(
          "\(shape.map { "a tensor of shape \($0)" } ?? "no tensor") for \(parameter.name)", at: place("initial"),
          expected: "shape \(parameter.shape)")
      }
    }
    var network = try Network(input: input, layers: settings.layers)
    try GliaError.locating(place("initial")) { try network.setAll(initial) }
    return network
  }

  /// The samples; class indices and 0/1 labels are kept as numbers.
  func dataset(_ inputs: Tensor, _ loss: any Loss, outputs: Int) throws -> Dataset {
    let shape = try shape("y_shape")
    let y = try numbers("y", count: shape.elementCount()).floats
    guard shape.first == inputs.rows, shape.count <= 2 else {
      throw GliaError(
        "y_shape \(shape)", at: place("y_shape"), expected: "[\(inputs.rows)] or [\(inputs.rows), outputs]")
    }
    try loss.requireFit(target: y, rows: inputs.rows, outputs: outputs, at: place("y"))
    return try Dataset(inputs: inputs, targets: Tensor(shape: [inputs.rows, y.count / inputs.rows], y))
  }

  /// Checks that the number of losses matches the number of steps, which also limits the number of epochs.
  private func requireSteps(_ losses: Int, _ settings: TrainingSettings, samples: Int) throws {
    let batch = min(settings.batchSize, samples)
    let perEpoch = (samples + batch - 1) / batch
    guard losses.isMultiple(of: perEpoch), losses / perEpoch == settings.epochs else {
      throw GliaError(
        "\(losses) losses for \(settings.epochs) epochs of \(perEpoch) steps", at: place("loss_before_each_step"),
        expected: "one loss per step")
    }
  }

  func tensors(_ key: String) throws -> [(name: String, tensor: Tensor)] {
    guard case .object(let members) = try member(key) else {
      throw GliaError("\(key) is not an object", at: place(key), expected: "tensors by name")
    }
    return try members.map { name, json in
      let place = place("\(key).\(name.excerpt)")
      guard let shape = json["shape"], let values = json["values"] else {
        throw GliaError("a tensor without shape or values", at: place, expected: #"{"shape": [...], "values": [...]}"#)
      }
      let axes = try Self.shape(shape, at: place + ".shape")
      let numbers = try Self.numbers(values, count: axes.elementCount(), at: place + ".values")
      return (name, try Tensor(shape: axes, numbers.floats))
    }
  }
}

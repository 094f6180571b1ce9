import Glia

extension ONNXGraphReader {
  /// Adds a normalization or a reduction that may be part of one; returns nil for other operators.
  mutating func normalization(_ operation: ONNXOperation) throws -> Int? {
    switch operation.name {
    case "BatchNormalization": return try batchNormalization(operation)
    case "LayerNormalization", "RMSNormalization", "SimplifiedLayerNormalization":
      return try layerNormalization(operation, isCentered: operation.name == "LayerNormalization")
    case "ReduceMean": return try reduce(.mean, operation)
    case "ReduceSum": return try reduce(.sum, operation)
    case "ReduceMax": return try reduce(.maximum, operation)
    case "ReduceSumSquare": return try reduce(.squareSum, operation)
    case "ReduceL2": return try reduce(.norm, operation)
    default: return nil
    }
  }

  private mutating func batchNormalization(_ operation: ONNXOperation) throws -> Int {
    let step = try operation.step(0)
    let shape = flow.steps[step].shape
    let lists = try (1...4).map { try operation.numbers($0) ?? [] }
    // ONNX normalizes the second axis, Glia the last one.
    guard shape.count == 1, lists.allSatisfy({ $0.count == shape[0] }) else {
      throw operation.failure(
        "normalization of samples of the shape \(shape)", expected: "samples with one axis and 4 numbers per feature",
        remedy: "flatten the samples before this layer")
    }
    let epsilon = operation.float("epsilon", 1e-5)
    guard epsilon > 0, operation.int("training_mode") == 0 else {
      throw operation.failure(
        "normalization in training mode or with ε \(epsilon)", expected: "inference mode, ε above 0",
        remedy: "export the model in inference mode: model.eval()")
    }
    let layer = BatchNorm(momentum: Float(operation.float("momentum", 0.9)), epsilon: Float(epsilon))
    let statistics = try zip(["running_mean", "running_variance"], lists[2...]).map { name, numbers in
      (name: name, tensor: try Tensor(shape: [numbers.count], numbers.map { Float($0) }))
    }
    return try append(
      .pieces([.normalization(layer, weight: lists[0], bias: lists[1], others: statistics)]), [step], for: operation)
  }

  private mutating func layerNormalization(_ operation: ONNXOperation, isCentered: Bool) throws -> Int {
    let step = try operation.step(0)
    let shape = flow.steps[step].shape
    let features = shape.last ?? 1
    guard try operation.axis(operation.int("axis", -1), of: shape.count + 1) == shape.count, !shape.isEmpty else {
      throw operation.failure("normalization over several axes", expected: "the last axis")
    }
    let weight = try operation.numbers(1) ?? Array(repeating: 1, count: features)
    let bias = try operation.numbers(2) ?? Array(repeating: 0, count: features)
    let epsilon = Float(operation.float("epsilon", 1e-5))
    guard weight.count == features, bias.count == features, epsilon > 0 else {
      throw operation.failure(
        "\(weight.count) scales and \(bias.count) offsets, ε \(epsilon)", expected: "\(features) of each, ε above 0")
    }
    let layer: any Layer = isCentered ? LayerNorm(epsilon: epsilon) : RMSNorm(epsilon: epsilon)
    return try append(
      .pieces([.normalization(layer, weight: weight, bias: isCentered ? bias : nil, others: [])]), [step],
      for: operation)
  }

  private mutating func reduce(_ reduction: ONNXFlow.Reduction, _ operation: ONNXOperation) throws -> Int {
    let step = try operation.step(0)
    let shape = flow.steps[step].shape
    let axes = try operation.ints("axes", orInput: 1) ?? []
    guard axes.count == 1, try operation.axis(axes[0], of: shape.count + 1) == shape.count, !shape.isEmpty,
      operation.int("keepdims", 1) != 0
    else {
      throw operation.failure(
        "a reduction over axes \(axes.prefix(8))", expected: "a part of a normalization over the last axis",
        remedy: "replace it in the model before exporting")
    }
    return try append(.reduction(reduction), [step], shape: shape.dropLast() + [1], for: operation)
  }
}

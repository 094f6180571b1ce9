import Glia

extension ONNXGraphReader {
  /// Adds a dense layer; returns nil for other operators.
  mutating func linear(_ operation: ONNXOperation) throws -> Int? {
    switch operation.name {
    case "MatMul": return try dense(operation, isTransposed: false)
    case "Gemm":
      guard operation.int("transA") == 0 else {
        throw operation.failure("the samples are transposed", expected: "transA 0")
      }
      return try dense(
        operation, isTransposed: operation.int("transB") != 0, scale: operation.float("alpha", 1),
        bias: operation.numbers(2)?.map { $0 * operation.float("beta", 1) } ?? [])
    case "LinearRegressor":
      try requirePlain(operation, ["NONE"])
      return try dense(
        operation, weights: operation.node["coefficients"]?.floats ?? [],
        bias: operation.node["intercepts"]?.floats ?? [],
        units: operation.int("targets", 1))
    case "Scaler": return try scaler(operation)
    case "Gather" where operation.int("axis") == 0: return try embedding(operation)
    default: return nil
    }
  }

  /// Throws unless the results of a linear model are used as one of `transforms` says.
  func requirePlain(_ operation: ONNXOperation, _ transforms: [String]) throws {
    let transform = operation.node["post_transform"]?.string ?? "NONE"
    guard !transforms.contains(transform) else { return }
    throw operation.failure(
      "the transformation \(transform.excerpt) of the results", expected: transforms.joined(separator: " or "))
  }

  private mutating func dense(
    _ operation: ONNXOperation, isTransposed: Bool, scale: Double = 1, bias: [Double] = []
  ) throws -> Int {
    let step = try operation.step(0)
    guard let weight = try operation.constant(1), let numbers = weight.values.numbers, weight.shape.count == 2 else {
      throw operation.failure("a weight that is not a matrix", expected: "a constant matrix of numbers")
    }
    let units = weight.shape[isTransposed ? 0 : 1]
    guard units > 0, numbers.count / units > 0 else {
      throw operation.failure("a weight of the shape \(weight.shape)", expected: "axes of 1 or more")
    }
    let matrix = isTransposed ? numbers : weight.transposed([1, 0]).values.numbers ?? []
    guard bias.count <= 1 || bias.count == units else {
      throw operation.failure("a bias of \(bias.count) numbers", expected: "\(units), one for each unit")
    }
    let full = bias.count == units ? bias : Array(repeating: bias.first ?? 0, count: units)
    return try dense(operation, step, scale == 1 ? matrix : matrix.map { $0 * scale }, full)
  }

  /// Adds the dense layer of a linear model, whose weights are attributes.
  mutating func dense(_ operation: ONNXOperation, weights: [Float], bias: [Float], units: Int) throws -> Int {
    guard units > 0, units <= weights.count, bias.isEmpty || bias.count == units else {
      throw operation.failure("\(bias.count) intercepts for \(units) results", expected: "one for each")
    }
    return try dense(
      operation, operation.step(0), weights.map { Double($0) },
      bias.isEmpty ? Array(repeating: 0, count: units) : bias.map { Double($0) })
  }

  /// Adds a dense layer with its weight row by row.
  private mutating func dense(_ operation: ONNXOperation, _ step: Int, _ weight: [Double], _ bias: [Double]) throws
    -> Int
  {
    let shape = flow.steps[step].shape
    guard shape.count == 1, bias.count.multipliedReportingOverflow(by: shape[0]) == (weight.count, false) else {
      throw operation.failure(
        "a weight of \(weight.count.grouped) numbers for \(bias.count.counted("unit")) and samples of the shape \(shape)",
        expected: shape.count == 1 ? "a weight of \(shape[0]) numbers for each unit" : "samples with one axis",
        remedy: shape.count == 1 ? nil : "flatten the samples before this layer")
    }
    return try append(
      .pieces([.dense(weight: weight, bias: bias, inputs: shape[0])]), [step], shape: [bias.count], for: operation)
  }

  /// y = (x - offset) · scale.
  private mutating func scaler(_ operation: ONNXOperation) throws -> Int {
    let step = try operation.step(0)
    let count = flow.steps[step].count
    let lists = ["offset", "scale"].map { (operation.node[$0]?.floats ?? []).map { Double($0) } }
    guard lists.allSatisfy({ $0.count == 1 || $0.count == count }) else {
      throw operation.failure("\(lists[0].count) offsets and \(lists[1].count) scales", expected: "\(count) of each")
    }
    let full = lists.map { $0.count == count ? $0 : Array(repeating: $0[0], count: count) }
    let offset = zip(full[0], full[1]).map { -$0 * $1 }
    return try append(.pieces([.affine(factor: full[1], offset: offset)]), [step], for: operation)
  }

  private mutating func embedding(_ operation: ONNXOperation) throws -> Int? {
    guard case .constant(let table)? = operation[0], case .step(let step)? = operation[1] else { return nil }
    guard table.shape.count == 2, table.count > 0, let numbers = table.values.numbers else {
      throw operation.failure("a table of the shape \(table.shape)", expected: "one vector for each index")
    }
    let weight = try Tensor(shape: table.shape, numbers.map { Float($0) })
    return try append(
      .pieces([.layer(Embedding(table.shape[0], table.shape[1]), tensors: [("weight", weight)])]), [step],
      shape: flow.steps[step].shape + [table.shape[1]], for: operation)
  }
}

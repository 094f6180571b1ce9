import Glia

extension ONNXGraphReader {
  /// Adds a function of every number; returns nil for other operators.
  mutating func elementwise(_ operation: ONNXOperation) throws -> Int? {
    if ["Identity", "Dropout"].contains(operation.name) { return try operation.step(0) }
    if ["Cast", "CastLike"].contains(operation.name) { return try cast(operation) }
    if let combination = ONNXFlow.Combination(operator: operation.name) { return try combine(combination, operation) }
    switch operation.name {
    case "Where": return try choice(operation)
    case "Clip": return try clip(operation)
    case "PRelu": return try prelu(operation)
    case "Softmax", "LogSoftmax":
      let shape = flow.steps[try operation.step(0)].shape
      // Before version 13, the standard axis was the first one after the samples, which the others followed.
      let axis = try operation.axis(operation.int("axis", operation.version < 13 ? 1 : -1), of: shape.count + 1)
      guard axis == shape.count, axis > 0 else {
        throw operation.failure("axis \(axis) of \(shape.count + 1)", expected: "the last axis")
      }
      let activation: any Activation = operation.name == "Softmax" ? Softmax() : LogSoftmax()
      return try append(.pieces([.activation(activation)]), [operation.step(0)], for: operation)
    default:
      guard let function = ScalarFunctions.function(operation) else { return nil }
      return try append(
        .function(function.callAsFunction, pieces: function.pieces), [operation.step(0)], for: operation)
    }
  }

  /// Whole numbers are indices of a table or nothing that Glia has a layer for.
  private func cast(_ operation: ONNXOperation) throws -> Int {
    var isInteger = ONNXNumberType(rawValue: Int64(operation.int("to", 1)))?.isInteger == true
    if operation.name == "CastLike", case .constant(let tensor)? = operation[1] {
      isInteger = tensor.values.ints != nil
    }
    guard !isInteger || !operation.node.outputs.contains(where: numericNames.contains) else {
      throw operation.failure(
        "the samples are rounded to whole numbers", expected: "floating-point numbers, or the indices of an embedding",
        remedy: "remove this conversion from the model before exporting")
    }
    return try operation.step(0)
  }

  /// Adds a choice between two steps or numbers, by a condition that depends on the samples.
  private mutating func choice(_ operation: ONNXOperation) throws -> Int? {
    let condition: Int
    switch operation[0] {
    case .step(let step): condition = step
    case .decision(let step, _, let threshold?):
      let threshold = Double(threshold)
      condition = try append(.function({ $0 > threshold ? 1 : 0 }, pieces: { _ in nil }), [step], for: operation)
    default: return nil
    }
    let operands = try [1, 2].map { index in
      guard case .constant? = operation[index] else { return try operation.step(index) }
      guard let numbers = try operation.numbers(index), numbers.count == 1 else {
        throw operation.failure("a choice between different constants for each feature", expected: "one number")
      }
      return try append(.function({ _ in numbers[0] }, pieces: { _ in nil }), [condition], for: operation)
    }
    guard operands.allSatisfy({ flow.steps[$0].shape == flow.steps[condition].shape }) else {
      throw operation.failure("a choice between samples of different shapes", expected: "equal shapes")
    }
    return try append(.choice, [condition] + operands, for: operation)
  }

  private mutating func combine(_ combination: ONNXFlow.Combination, _ operation: ONNXOperation) throws -> Int? {
    guard ["Sum", "Max", "Min"].contains(operation.name) else {
      return try combine(combination, operation[0], operation[1], operation)
    }
    // Their order is free; the constants come last.
    let steps = operation.inputs.filter { $0?.isStep == true }
    let others = operation.inputs.filter { $0?.isStep != true }
    return try (steps + others).dropFirst().reduce(
      operation.step(operation.inputs.firstIndex { $0?.isStep == true } ?? 0)
    ) {
      guard let step = try combine(combination, .step($0), $1, operation) else { throw unknown(operation) }
      return step
    }
  }

  private mutating func combine(
    _ combination: ONNXFlow.Combination, _ first: ONNXValue?, _ second: ONNXValue?, _ operation: ONNXOperation
  ) throws -> Int? {
    switch (first, second) {
    case (.step(let a), .step(let b)):
      let (first, second) = (flow.steps[a].shape, flow.steps[b].shape)
      // A result of a reduction is combined with a whole row.
      let isBroadcast = first.count == second.count && (first.last == 1 || second.last == 1)
      guard first == second || isBroadcast && first.dropLast() == second.dropLast() else {
        throw operation.failure(
          "samples of the shapes \(first) and \(second) are combined", expected: "equal shapes")
      }
      let shape = (first.last ?? 1) > (second.last ?? 1) ? first : second
      return try append(.combination(combination), [a, b], shape: shape, for: operation)
    case (.step(let step), .constant(let tensor)):
      return try combine(step, tensor, operation) { combination($0, $1) }
    case (.constant(let tensor), .step(let step)):
      return try combine(step, tensor, operation) { combination($1, $0) }
    default: return nil
    }
  }

  /// Adds a function of every number `x` and a constant.
  private mutating func combine(
    _ step: Int, _ tensor: ONNXTensor, _ operation: ONNXOperation, _ function: @escaping (Double, Double) -> Double
  ) throws -> Int {
    guard let numbers = tensor.values.numbers else { throw operation.failure("a text", expected: "numbers") }
    let isAffine =
      ["Add", "Sum", "Sub", "Mul"].contains(operation.name) || operation.name == "Div" && operation[0]?.isStep == true
    if numbers.count == 1, let constant = numbers.first {
      let (at0, at1) = (function(0, constant), function(1, constant))
      return try append(
        .function(
          { function($0, constant) },
          pieces: { count in
            guard isAffine else { return Self.limit(operation, constant)?.pieces(count) }
            return [.affine(at1 - at0, at0, count: count)]
          }), [step], for: operation)
    }
    let shape = flow.steps[step].shape
    try budget.charge(flow.steps[step].count, times: 4, at: operation.place)
    guard let all = tensor.reshaped(tensor.shape.droppingOnes(to: shape.count)).broadcast(to: shape)?.values.numbers
    else {
      throw operation.failure(
        "a constant of the shape \(tensor.shape) for samples of the shape \(shape)",
        expected: "one number, or one for every feature")
    }
    guard isAffine else {
      throw operation.failure(
        "different constants for each feature", expected: "one number",
        remedy: "replace this operation in the model before exporting")
    }
    let offset = all.map { function(0, $0) }
    return try append(
      .pieces([.affine(factor: all.indices.map { function(1, all[$0]) - offset[$0] }, offset: offset)]), [step],
      for: operation)
  }

  /// Minimum and maximum with a constant.
  private static func limit(_ operation: ONNXOperation, _ constant: Double) -> ScalarFunction? {
    switch operation.name {
    case "Max": ScalarFunctions.clip(constant, .infinity)
    case "Min": ScalarFunctions.clip(-.infinity, constant)
    default: nil
    }
  }

  private mutating func clip(_ operation: ONNXOperation) throws -> Int {
    func limit(_ name: String, _ index: Int, _ standard: Double) throws -> Double {
      if let number = operation.node[name]?.float { return Double(number) }
      guard let numbers = try operation.numbers(index) else { return standard }
      guard numbers.count == 1 else { throw operation.failure("\(numbers.count) numbers as \(name)", expected: "one") }
      return numbers[0]
    }
    let (low, high) = (try limit("min", 1, -.infinity), try limit("max", 2, .infinity))
    guard !low.isNaN, !high.isNaN else {
      throw operation.failure("a limit that is not a number", expected: "min and max as numbers")
    }
    let function = ScalarFunctions.clip(low, high)
    return try append(.function(function.callAsFunction, pieces: function.pieces), [operation.step(0)], for: operation)
  }

  private mutating func prelu(_ operation: ONNXOperation) throws -> Int {
    let step = try operation.step(0)
    let features = flow.steps[step].shape.last ?? 1
    guard let slopes = try operation.numbers(1), slopes.count == 1 || slopes.count == features else {
      throw operation.failure("slopes for other axes than the last", expected: "1 or \(features) slopes")
    }
    let tensor = try Tensor(shape: [slopes.count], slopes.map { Float($0) })
    let layer = PReLU(shared: slopes.count == 1 && features > 1)
    return try append(.pieces([.layer(layer, tensors: [("slope", tensor)])]), [step], for: operation)
  }
}

extension ONNXValue {
  fileprivate var isStep: Bool { if case .step = self { true } else { false } }
}

extension [Int] {
  /// The shape without axes of length 1 at its beginning, as long as it has more axes than `rank`.
  func droppingOnes(to rank: Int) -> [Int] {
    Array(dropFirst(Swift.min(prefix { $0 == 1 }.count, Swift.max(count - rank, 0))))
  }
}

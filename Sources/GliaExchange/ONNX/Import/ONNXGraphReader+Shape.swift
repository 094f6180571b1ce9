import Glia

extension ONNXGraphReader {
  /// Adds an operation that moves numbers within a sample; returns nil for other operators.
  mutating func shape(_ operation: ONNXOperation) throws -> Int? {
    switch operation.name {
    case "Reshape", "Flatten", "Squeeze", "Unsqueeze": return try reshape(operation)
    case "Concat": return try concatenate(operation)
    case "ArrayFeatureExtractor": return try select(operation, operation.ints(1) ?? [])
    case "Gather":
      let shape = flow.steps[try operation.step(0)].shape
      guard try operation.axis(operation.int("axis"), of: shape.count + 1) == 1 else { return nil }
      let indices = try operation.ints(1) ?? []
      return try select(operation, indices, keepsAxis: operation.constant(1)?.shape.count == 1)
    case "Slice": return try slice(operation)
    default: return nil
    }
  }

  private mutating func reshape(_ operation: ONNXOperation) throws -> Int {
    let step = try operation.step(0)
    let own = flow.steps[step].shape
    let wanted = operation.name == "Squeeze" ? try squeezed(operation, own) : try operation.reshaped([0] + own)
    let shape = Array(wanted.dropFirst())
    if wanted.first == 0, shape.allSatisfy({ $0 > 0 }), (try? shape.elementCount()) == flow.steps[step].count {
      return shape == own ? step : try append(.pieces([.reshape(shape)]), [step], shape: shape, for: operation)
    }
    // scikit-learn's regressors of several targets end so.
    if wanted == [-1, 1], own.count == 1, graph.outputs.contains(where: { operation.node.outputs.contains($0.name) }) {
      return step
    }
    throw operation.failure(
      "samples of the shape \(own) become \(wanted), which mixes samples", expected: "the first axis unchanged",
      remedy: "export the model with a first axis of any length, the samples")
  }

  private func squeezed(_ operation: ONNXOperation, _ shape: [Int]) throws -> [Int] {
    // The axis of samples is never removed.
    try operation.ints("axes", orInput: 1) == nil ? [0] + shape.filter { $0 != 1 } : operation.reshaped([0] + shape)
  }

  private mutating func slice(_ operation: ONNXOperation) throws -> Int {
    let shape = flow.steps[try operation.step(0)].shape
    let lists = try [("starts", 1), ("ends", 2), ("axes", 3)].map { try operation.ints($0.0, orInput: $0.1) ?? [] }
    let steps = try operation.ints(4) ?? [1]
    guard lists.allSatisfy({ $0.count == 1 }), steps == [1], shape.count == 1,
      try operation.axis(lists[2][0], of: 2) == 1
    else { throw operation.failure("a slice of several axes or with steps", expected: "features next to each other") }
    let bounds = lists.prefix(2).map { min(max($0[0] < 0 ? $0[0] &+ shape[0] : $0[0], 0), shape[0]) }
    try budget.charge(max(bounds[1] - bounds[0], 0), at: operation.place)
    return try select(operation, Array(bounds[0]..<max(bounds[0], bounds[1])))
  }

  private mutating func select(_ operation: ONNXOperation, _ indices: [Int], keepsAxis: Bool = true) throws -> Int {
    let step = try operation.step(0)
    let shape = flow.steps[step].shape
    let own = indices.map { $0 < 0 && shape.count == 1 ? $0 &+ shape[0] : $0 }
    guard shape.count == 1, !own.isEmpty, own.allSatisfy((0..<shape[0]).contains) else {
      throw operation.failure(
        "a selection from samples of the shape \(shape)", expected: "existing features of one axis")
    }
    return try append(
      .pieces([.selection(own, inputs: shape[0])]), [step], shape: keepsAxis ? [own.count] : [], for: operation)
  }

  private mutating func concatenate(_ operation: ONNXOperation) throws -> Int {
    let operands = try operation.inputs.indices.map(operation.step)
    let shapes = operands.map { flow.steps[$0].shape }
    let rank = shapes.first?.count ?? 0
    guard rank > 0, shapes.allSatisfy({ $0.dropLast() == shapes[0].dropLast() && $0.count == rank }),
      try operation.axis(operation.int("axis", 1), of: rank + 1) == rank
    else { throw operation.failure("values of the shapes \(shapes.prefix(8)) are joined", expected: "the last axis") }
    if isComplement(operands) { return try append(.complement, operands, shape: shapes[1], for: operation) }
    let shape = Array(shapes[0].dropLast()) + [shapes.reduce(0) { $0 + ($1.last ?? 0) }]
    if let joined = try selections(operands, as: shape, operation) { return joined }
    return operands.count == 1 ? operands[0] : try append(.concatenation, operands, shape: shape, for: operation)
  }

  /// Whether two values are the probabilities 1 - p and p.
  private func isComplement(_ operands: [Int]) -> Bool {
    guard operands.count == 2, flow.steps[operands[0]].operands == [operands[1]],
      case .function(let function, _) = flow.steps[operands[0]].operation
    else { return false }
    return [-1, 0, 0.25, 1, 2].allSatisfy { function($0) == 1 - $0 }
  }

  /// Joins scaled or unscaled features of one value, as if all of them had been selected and scaled at once.
  private mutating func selections(_ operands: [Int], as shape: [Int], _ operation: ONNXOperation) throws -> Int? {
    guard shape.dropLast().allSatisfy({ $0 == 1 }) else { return nil }
    var (source, indices, factors, offsets): (Int?, [Int], [Double], [Double]) = (nil, [], [], [])
    for operand in operands {
      guard let part = try selection(operand), source == nil || source == part.source else { return nil }
      try budget.charge(part.indices.count, times: 3, at: operation.place)
      source = part.source
      indices += part.indices
      factors += part.factor
      offsets += part.offset
    }
    guard let source else { return nil }
    let joined: [ImportedPiece] = [
      .selection(indices, inputs: flow.steps[source].count), .affine(factor: factors, offset: offsets),
    ]
    return try append(
      .pieces(shape.count == 1 ? joined : joined + [.reshape(shape)]), [source], shape: shape, for: operation)
  }

  /// The features that a step selects and scales.
  private func selection(
    _ index: Int
  ) throws -> (source: Int, indices: [Int], factor: [Double], offset: [Double])? {
    var pieces: [ImportedPiece] = []
    var step = index
    // Selection, scaling and shifting are at most a few steps.
    for _ in 0..<8 {
      try budget.charge(flow.steps[step].count, at: flow.steps[step].place)
      switch flow.steps[step].operation {
      case .pieces(let own): pieces = own + pieces
      case .function(_, let own):
        guard let own = own(flow.steps[step].count) else { return nil }
        pieces = own + pieces
      default: return nil
      }
      guard let source = flow.steps[step].operands.first else { return nil }
      step = source
      var simple = try pieces.simplified(budget, at: flow.steps[index].place)
      // Another shape is of no importance here.
      if case .reshape? = simple.last { simple.removeLast() }
      switch simple {
      case let parts where parts.isEmpty: continue
      case let parts where parts.count == 1:
        if case .selection(let indices, _) = parts[0] {
          return (step, indices, indices.map { _ in 1 }, indices.map { _ in 0 })
        }
      case let parts where parts.count == 2:
        if case .affine(let factor, let offset) = parts[0], case .selection(let indices, _) = parts[1] {
          return (step, indices, indices.map { factor[$0] }, indices.map { offset[$0] })
        }
      default: return nil
      }
    }
    return nil
  }
}

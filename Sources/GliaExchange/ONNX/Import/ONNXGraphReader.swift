import Glia

/// Reads the nodes of a graph in order: computes what is constant, and follows the samples through the rest.
struct ONNXGraphReader {
  let graph: ONNXGraph
  let inputs: ONNXInputs
  var flow: ONNXFlow
  /// The labels of the classes, if an operation gives them.
  var labels: [String] = []
  /// What may still be computed.
  let budget: ImportBudget
  private(set) var values: [String: ONNXValue] = [:]
  /// The names of values that are more than the indices of a Gather.
  let numericNames: Set<String>
  private let folding: ConstantFolding
  private let version: Int64

  init(_ model: ONNXModel, budget: ImportBudget = ImportBudget()) throws {
    graph = model.graph
    self.budget = budget
    folding = ConstantFolding(budget: budget)
    numericNames = graph.numericNames
    version = model.operatorSets.first { ["", "ai.onnx"].contains($0.domain) }?.version ?? 1
    for tensor in graph.initializers {
      try tensor.requireValues()
      values[tensor.name] = .constant(tensor)
    }
    inputs = try ONNXInputs(graph, version: version)
    flow = ONNXFlow(input: inputs.shape, budget: budget)
    for (name, text) in inputs.text.values { values[name] = .text(text) }
    for (name, features) in inputs.numbers {
      guard features.count < flow.steps[0].count else {
        values[name] = .step(0)
        continue
      }
      let step = ONNXFlow.Step(
        .pieces([.selection(Array(features), inputs: flow.steps[0].count)]), [0], shape: [features.count],
        at: "input '\(name.excerpt)'")
      values[name] = .step(try flow.append(step))
    }
    for node in graph.nodes { try read(node) }
  }

  private mutating func read(_ node: ONNXNode) throws {
    // Text is followed before.
    guard !node.outputs.contains(where: { self.inputs.text.values[$0] != nil }) else { return }
    let inputs = try node.inputs.map { name -> ONNXValue? in
      guard !name.isEmpty else { return nil }
      guard let value = values[name] else {
        throw GliaError(
          "the value '\(name.excerpt)' is used before it is computed", at: "node '\(node.name.excerpt)'",
          expected: "nodes in the order of computation")
      }
      return value
    }
    let operation = ONNXOperation(node: node, inputs: inputs, version: version)
    if !["Identity", "Dropout", "Shape"].contains(node.operation) {
      for case .constant(let tensor)? in inputs { try budget.charge(tensor.count, at: operation.place) }
    }
    let results: [ONNXValue]
    if let constant = try folding.result(of: operation) {
      results = [.constant(constant)]
    } else {
      results = try read(operation)
    }
    for (name, value) in zip(node.outputs, results) where !name.isEmpty { values[name] = value }
  }

  private mutating func read(_ operation: ONNXOperation) throws -> [ONNXValue] {
    if let step = try encoding(operation) { return [.step(step)] }
    if let result = try decision(operation) { return result }
    if let step = try elementwise(operation) ?? linear(operation) ?? normalization(operation) ?? shape(operation) {
      return [.step(step)]
    }
    if operation.name == "Shape" { return [.constant(try shapeTensor(operation))] }
    throw unknown(operation)
  }

  /// Adds a step to the flow.
  mutating func append(
    _ step: ONNXFlow.Operation, _ operands: [Int], shape: [Int]? = nil, for operation: ONNXOperation
  ) throws -> Int {
    let shape = shape ?? flow.steps[operands[0]].shape
    return try flow.append(ONNXFlow.Step(step, operands, shape: shape, at: operation.place))
  }

  /// The shape of a value as a constant, in which 0 stands for the number of samples as in a reshape.
  private func shapeTensor(_ operation: ONNXOperation) throws -> ONNXTensor {
    let shape = [0] + flow.steps[try operation.step(0)].shape
    let bounds = [operation.int("start"), operation.int("end", shape.count)].map {
      min(max($0 < 0 ? $0 &+ shape.count : $0, 0), shape.count)
    }
    let part = shape[bounds[0]..<max(bounds[0], bounds[1])]
    return ONNXTensor(shape: [part.count], .ints(part.map { Int64($0) }))
  }
}

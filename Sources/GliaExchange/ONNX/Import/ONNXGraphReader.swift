import Glia

/// Reads the nodes of a graph in order: computes what is constant, and follows the samples through the rest.
struct ONNXGraphReader {
  let graph: ONNXGraph
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
    let inputs = try Self.inputs(of: graph)
    flow = ONNXFlow(input: inputs.shape, budget: budget)
    for (name, range) in inputs.columns {
      guard inputs.columns.count > 1 else {
        values[name] = .step(0)
        continue
      }
      let step = ONNXFlow.Step(
        .pieces([.selection(Array(range), inputs: flow.steps[0].count)]), [0], shape: [range.count],
        at: "input '\(name.excerpt)'")
      values[name] = .step(try flow.append(step))
    }
    for node in graph.nodes { try read(node) }
  }

  /// The shape of a sample, and the inputs with their parts of it.
  static func inputs(of graph: ONNXGraph) throws -> (shape: [Int], columns: [(name: String, range: Range<Int>)]) {
    let constants = Set(graph.initializers.map(\.name))
    let inputs = graph.inputs.filter { !constants.contains($0.name) }
    var shapes: [[Int]] = []
    for input in inputs {
      let place = "input '\(input.name.excerpt)'"
      guard input.type != .string else {
        throw GliaError(
          "the input is text", at: place, expected: "numbers",
          remedy: "encode the categories before using the model, and export the network without them")
      }
      guard let axes = input.shape, input.type != nil else {
        throw GliaError(
          "the input is not a tensor of numbers with a known shape", at: place,
          expected: "a tensor [samples, features]",
          remedy: "export the model with the shapes of its inputs")
      }
      let lengths = axes.dropFirst().map { if case .length(let length) = $0 { Int(clamping: length) } else { 0 } }
      guard !axes.isEmpty, lengths.allSatisfy({ $0 > 0 }), (try? lengths.elementCount()) != nil else {
        throw GliaError(
          "the number of features is not fixed", at: place, expected: "[samples, features] with a number of features",
          remedy: "export the model with fixed axes except the first, the samples")
      }
      shapes.append(lengths)
    }
    // One number per sample may have no axis of its own.
    if shapes.count == 1 { return (shapes[0].isEmpty ? [1] : shapes[0], [(inputs[0].name, 0..<1)]) }
    guard !shapes.isEmpty, shapes.allSatisfy({ $0.count <= 1 }) else {
      throw GliaError(
        shapes.isEmpty ? "the graph has no input" : "several inputs, and one of them has more than one axis",
        at: "graph", expected: "one input, or inputs of the shape [samples, features]",
        remedy: "flatten the inputs in the model before exporting")
    }
    var (columns, end): ([(name: String, range: Range<Int>)], Int) = ([], 0)
    for (input, shape) in zip(inputs, shapes) {
      let count = try [end, shape.first ?? 1].reduce(0) { sum, part in
        guard part <= 1 << 24, sum + part <= 1 << 24 else {
          throw GliaError("too many features", at: "graph", expected: "at most \((1 << 24).grouped) in all inputs")
        }
        return sum + part
      }
      columns.append((input.name, end..<count))
      end = count
    }
    return ([end], columns)
  }

  private mutating func read(_ node: ONNXNode) throws {
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

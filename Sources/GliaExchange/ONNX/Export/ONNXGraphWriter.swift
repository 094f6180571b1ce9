import Glia

/// Writes the operations of a recorded computation as the nodes of an ONNX graph.
struct ONNXGraphWriter {
  /// The nodes so far.
  private(set) var nodes: [ONNXNode] = []
  /// The constants so far.
  private(set) var initializers: [ONNXTensor] = []
  private let graph: SymbolicGraph
  /// The name of the result of each operation written so far.
  private var names: [Int: String] = [:]
  /// The names of the constants so far.
  private var constants: [Constant: String] = [:]
  /// The names of inputs and outputs.
  private let reserved: Set<String>

  /// A constant by its bits, so that 0 and -0 differ and NaN equals itself.
  private struct Constant: Hashable {
    let type: ONNXNumberType
    let shape: [Int]
    let bits: [UInt64]
    let texts: [String]

    init(_ values: ONNXTensor.Values, shape: [Int]) {
      (type, self.shape, texts) = (values.type, shape, values.strings ?? [])
      bits = values.ints?.map { UInt64(bitPattern: $0) } ?? values.numbers?.map(\.bitPattern) ?? []
    }
  }

  init(_ graph: SymbolicGraph, reserving reserved: Set<String>) { (self.graph, self.reserved) = (graph, reserved) }

  /// Returns `name`, or if that is the name of an input or output, one that is not.
  private func free(_ name: String) -> String { reserved.contains(name) ? free("\(name)_") : name }

  /// Adds a node and returns the name of its output.
  mutating func add(
    _ operation: String, _ inputs: [String], _ attributes: [ONNXAttribute] = [], domain: String = "",
    output: String? = nil
  ) -> String {
    let name = free("\(operation.lowercased())_\(nodes.count)")
    let output = output ?? name
    nodes.append(ONNXNode(operation, inputs, [output], name: name, domain: domain, attributes: attributes))
    return output
  }

  /// Adds a constant and returns its name.
  mutating func add(_ values: ONNXTensor.Values, shape: [Int]) -> String {
    let constant = Constant(values, shape: shape)
    if let known = constants[constant] { return known }
    let name = free("constant_\(initializers.count)")
    constants[constant] = name
    initializers.append(ONNXTensor(name, shape: shape, values))
    return name
  }

  /// Writes all operations that `output` depends on, and returns the name of its result.
  ///
  /// - Parameter features: the name of the features of the samples, in single precision.
  mutating func write(_ output: SymbolicTensor, features: String) -> String {
    guard let index = output.place?.index else { return features }
    for index in graph.reachable(from: [index], usesOperators: true) {
      let node = graph[index]
      if case .input = node.operation {
        names[index] = node.element == .float ? features : cast(features, to: node.element)
      } else if let own = graph.equivalent(index) {
        names[index] = add(
          own.name, own.inputs.map { names[$0] ?? "" },
          own.attributes.sorted { $0.key < $1.key }.map { ONNXAttribute($0, $1.value) })
      } else {
        names[index] = write(node, node.inputs.map { names[$0] ?? "" })
      }
    }
    return names[index] ?? features
  }

  private mutating func cast(_ input: String, to element: SymbolicElement) -> String {
    add("Cast", [input], [ONNXAttribute("to", .int(element.type.rawValue))])
  }

  /// Writes one operation; returns the name of its result.
  private mutating func write(_ node: SymbolicNode, _ inputs: [String]) -> String {
    let shape = node.shape.map { Int64($0) }
    func operand(_ index: Int) -> SymbolicNode { graph[node.inputs[index]] }
    switch node.operation {
    case .input: return inputs[0]
    case .constant: return add(node.element.values(node.operation.constants ?? []), shape: node.shape)
    case .unary(let function): return write(function, inputs[0], node.element)
    case .binary(let function): return add(function.operation, inputs)
    case .select: return add("Where", inputs)
    case .product:
      guard operand(0).shape.count > 1 else {
        return add("Gemm", inputs, [ONNXAttribute("transB", .int(1))])
      }
      let weight = add("Transpose", [inputs[1]], [ONNXAttribute("perm", .ints([1, 0]))])
      let product = add("MatMul", [inputs[0], weight])
      return inputs.count == 3 ? add("Add", [product, inputs[2]]) : product
    case .reduce(let reduction):
      return add(reduction.operation, [inputs[0], add(.ints([-1]), shape: [1])], [ONNXAttribute("keepdims", .int(1))])
    case .softmax: return add("Softmax", inputs, [ONNXAttribute("axis", .int(-1))])
    case .logSoftmax: return add("LogSoftmax", inputs, [ONNXAttribute("axis", .int(-1))])
    case .sortDescending:
      let sorted = add("TopK", [inputs[0], add(.ints([shape.last ?? 1]), shape: [1])])
      nodes[nodes.count - 1].outputs.append("\(sorted)_indices")
      return sorted
    case .cumulativeSum: return add("CumSum", [inputs[0], add(.ints([-1]), shape: [])])
    case .pick(let indices):
      let source = operand(0)
      let flat = source.shape.count == 1 ? inputs[0] : reshape(inputs[0], to: [-1, Int64(source.count)])
      return add(
        "Gather", [flat, add(.ints(indices.map { Int64($0) }), shape: [indices.count])],
        [ONNXAttribute("axis", .int(1))])
    case .concatenate: return add("Concat", inputs, [ONNXAttribute("axis", .int(-1))])
    case .reshape: return reshape(inputs[0], to: node.isConstant ? shape : [-1] + shape)
    case .lookup: return lookup(inputs[0], in: inputs[1], rows: operand(1).shape[0], operand(0).element)
    case .cast: return cast(inputs[0], to: node.element)
    }
  }

  mutating func reshape(_ input: String, to shape: [Int64]) -> String {
    add("Reshape", [input, add(.ints(shape), shape: [shape.count])])
  }

  private mutating func write(_ function: SymbolicFunction, _ input: String, _ element: SymbolicElement) -> String {
    func one() -> ONNXTensor.Values { element.values([1]) }
    switch function {
    case .expMinusOne: return add("Sub", [add("Exp", [input]), add(one(), shape: [])])
    case .logOnePlus: return add("Log", [add("Add", [input, add(one(), shape: [])])])
    default: return add(function.operation, [input])
    }
  }

  /// An index without a row in the table gives NaN, as in Glia; ONNX Runtime would reject the whole batch.
  private mutating func lookup(
    _ index: String, in table: String, rows: Int, _ element: SymbolicElement
  ) -> String {
    let zero = add(element.values([0]), shape: [])
    let whole = add("Equal", [index, add("Floor", [index])])
    let inside = add(
      "And",
      [add("LessOrEqual", [zero, index]), add("Less", [index, add(element.values([Double(rows)]), shape: [])])])
    let isRow = add("And", [whole, inside])
    let row = add(
      "Cast", [add("Where", [isRow, index, zero])], [ONNXAttribute("to", .int(ONNXNumberType.int64.rawValue))])
    let found = add("Gather", [table, row], [ONNXAttribute("axis", .int(0))])
    let isFound = add("Unsqueeze", [isRow, add(.ints([-1]), shape: [1])])
    return add("Where", [isFound, found, add(element.values([.nan]), shape: [])])
  }
}

extension SymbolicElement {
  fileprivate var type: ONNXNumberType {
    switch self {
    case .float: .float
    case .double: .double
    case .bool: .bool
    }
  }

  fileprivate func values(_ numbers: [Double]) -> ONNXTensor.Values {
    self == .double ? .doubles(numbers) : .floats(numbers.map { Float($0) })
  }
}

extension SymbolicFunction {
  /// The ONNX operator.
  fileprivate var operation: String {
    switch self {
    case .negative: "Neg"
    case .absolute: "Abs"
    case .expMinusOne, .exp: "Exp"
    case .logOnePlus, .log: "Log"
    case .isNaN: "IsNaN"
    case .sqrt, .erf, .sigmoid, .softplus, .floor: rawValue.capitalized
    case .sin, .cos, .tan, .asin, .acos, .atan, .sinh, .cosh, .tanh, .asinh, .acosh, .atanh: rawValue.capitalized
    }
  }
}

extension SymbolicOperator {
  /// The ONNX operator.
  fileprivate var operation: String {
    switch self {
    case .add: "Add"
    case .subtract: "Sub"
    case .multiply: "Mul"
    case .divide: "Div"
    case .power: "Pow"
    case .maximum: "Max"
    case .minimum: "Min"
    case .less: "Less"
    case .lessOrEqual: "LessOrEqual"
    case .equal: "Equal"
    }
  }
}

extension SymbolicReduction {
  /// The ONNX operator.
  fileprivate var operation: String {
    switch self {
    case .sum: "ReduceSum"
    case .mean: "ReduceMean"
    case .maximum: "ReduceMax"
    }
  }
}

extension ONNXSetting {
  fileprivate var value: ONNXAttribute.Value {
    switch self {
    case .float(let number): .float(number)
    case .int(let number): .int(Int64(number))
    case .text(let text): .string(text)
    }
  }
}

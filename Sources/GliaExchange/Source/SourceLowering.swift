/// Writes the statements of a program for a planned computation.
struct SourceLowering {
  typealias Operand = SourcePlan.Operand

  let plan: SourcePlan
  private(set) var program: SourceProgram
  private var tables: [SourceProgram.Table] = []
  private var tableOfResult: [Int: Int] = [:]
  private var prefixes: [Int: String] = [:]
  private var counts: [String: Int] = [:]
  /// Results of one number, which are locals.
  private var locals: [Int: String] = [:]
  /// The statements for each kept result.
  private var steps: [(result: Int, body: [SourceStatement])] = []

  /// Writes the program that computes the result `output` of `graph`.
  static func program(_ graph: SymbolicGraph, output: Int, features: (count: Int, element: SymbolicElement))
    -> SourceProgram
  {
    var lowering = SourceLowering(SourcePlan(graph, output: output), features, outputs: graph[output].count)
    for index in lowering.plan.order where lowering.plan.isKept(index) { lowering.write(index) }
    if !lowering.plan.isKept(lowering.plan.output) { lowering.copyOutputs() }
    return lowering.finished()
  }

  private init(_ plan: SourcePlan, _ features: (count: Int, element: SymbolicElement), outputs: Int) {
    self.plan = plan
    program = SourceProgram(features: features, outputs: outputs)
    for index in plan.order {
      let constants = plan.operands(index).dropFirst().map(\.node)
      switch plan.nodes[index].operation {
      case .product: for (constant, name) in zip(constants, ["weights", "biases"]) { prefixes[constant] = name }
      case .lookup: for constant in constants { prefixes[constant] = "rows" }
      default: break
      }
    }
  }

  private func finished() -> SourceProgram {
    var program = program
    program.tables = tables
    program.allocate(steps, elements: steps.map { (plan.nodes[$0.result].element, plan.nodes[$0.result].count) })
    return program
  }

  // MARK: Names and tables

  mutating func newName(_ prefix: String) -> String {
    counts[prefix, default: 0] += 1
    return "\(prefix)\(counts[prefix] ?? 1)"
  }

  private mutating func newTable(_ prefix: String, _ content: SourceProgram.Table.Content) -> Int {
    tables.append(.init(name: newName(prefix), content: content))
    return tables.count - 1
  }

  /// Returns the table of a constant result.
  private mutating func table(_ result: Int, _ values: [Double]) -> Int {
    if let known = tableOfResult[result] { return known }
    let table = newTable(prefixes[result] ?? "constants", .numbers(values, plan.nodes[result].element))
    tableOfResult[result] = table
    return table
  }

  // MARK: Values

  /// Returns the array of a result that is kept or constant.
  mutating func array(_ result: Int) -> SourceArray {
    if let values = plan.constants[result] { return .table(table(result, values)) }
    if case .input = plan.nodes[result].operation { return .features }
    return result == plan.output ? .outputs : .result(result)
  }

  /// Returns an element of a result that is not computed in passing.
  mutating func element(_ result: Int, _ index: SourceIndex) -> SourceExpression {
    let node = plan.nodes[result]
    if let values = plan.constants[result] {
      let number =
        index.terms.isEmpty && values.indices.contains(index.constant) ? values[index.constant] : values.first ?? 0
      if index.terms.isEmpty || values.allSatisfy({ $0.bitPattern == number.bitPattern }) {
        return .number(number, node.element)
      }
      return .load(.table(table(result, values)), index)
    }
    if case .pick(let indices) = node.operation {
      let picked = index.picked(from: indices) { .table(newTable("chosen", .indices(indices))) }
      return element(node.inputs[0], picked)
    }
    return locals[result].map { .local($0) } ?? .load(array(result), index)
  }

  /// Returns the element of an operand that an operation with a result of shape `shape` needs at `index`.
  mutating func value(
    _ operand: Operand, at index: SourceIndex, in shape: [Int], _ values: [Int: SourceExpression]
  ) -> SourceExpression {
    values[operand.node] ?? element(operand.node, index.broadcast(from: operand.shape, in: shape))
  }

  // MARK: Loops

  /// Writes a loop, or only its body if there is one pass.
  mutating func loop(
    _ count: Int, depth: Int, _ statements: inout [SourceStatement],
    _ body: (inout SourceLowering, SourceIndex, inout [SourceStatement]) -> Void
  ) {
    let variable = depth < 3 ? ["i", "j", "k"][depth] : "k\(depth)"
    var inner: [SourceStatement] = []
    body(&self, SourceIndex(variable: variable, count: count), &inner)
    statements += count == 1 ? inner : [.loop(variable, count: count, inner)]
  }

  /// Writes a loop over all elements of a shape: over rows and columns if there are several of both.
  mutating func loop(
    over shape: [Int], _ statements: inout [SourceStatement],
    _ body: (inout SourceLowering, SourceIndex, _ depth: Int, inout [SourceStatement]) -> Void
  ) {
    let count = shape.reduce(1, *)
    let width = max(shape.last ?? 1, 1)
    guard width > 1, count > width else {
      loop(count, depth: 0, &statements) { body(&$0, $1, 1, &$2) }
      return
    }
    loop(count / width, depth: 0, &statements) { lowering, row, statements in
      lowering.loop(width, depth: 1, &statements) { body(&$0, row * width + $1, 2, &$2) }
    }
  }

  /// Computes the members of a region at `index`, and returns their values.
  mutating func values(
    _ region: SourcePlan.Region, at index: SourceIndex, depth: Int, _ statements: inout [SourceStatement]
  ) -> [Int: SourceExpression] {
    var values: [Int: SourceExpression] = [:]
    for member in plan.members[region] ?? [] {
      let value = expression(member, at: index, depth: depth, values, &statements)
      // Long expressions are hard to read, and slow to type-check in Swift.
      let isNamed = value.size > 5 || plan.uses[member] > 1 && value.size > 0
      values[member] = isNamed ? named("t", member, value, &statements) : value
    }
    return values
  }

  private mutating func named(
    _ prefix: String, _ result: Int, _ value: SourceExpression, _ statements: inout [SourceStatement]
  ) -> SourceExpression {
    let name = newName(prefix)
    statements.append(.constant(name, plan.nodes[result].element, value))
    return .local(name)
  }

  // MARK: Results

  /// Writes the statements for a result that is kept.
  private mutating func write(_ result: Int) {
    let node = plan.nodes[result]
    var statements: [SourceStatement] = []
    switch node.operation {
    case .concatenate: writeConcatenation(result, &statements)
    case .softmax, .logSoftmax, .sortDescending, .cumulativeSum: writeRows(result, &statements)
    default:
      let isLocal = node.count == 1 && result != plan.output
      loop(over: node.shape, &statements) { lowering, index, depth, body in
        let values = lowering.values(.own(result), at: index, depth: depth, &body)
        let value = lowering.expression(result, at: index, depth: depth, values, &body)
        if isLocal {
          if case .local(let name) = value {
            lowering.locals[result] = name
          } else {
            let name = lowering.newName("t")
            body.append(.constant(name, node.element, value))
            lowering.locals[result] = name
          }
        } else {
          body.append(.store(lowering.array(result), index, value))
        }
      }
    }
    steps.append((result, statements))
  }

  private mutating func writeConcatenation(_ result: Int, _ statements: inout [SourceStatement]) {
    let node = plan.nodes[result]
    let width = node.shape.last ?? 1
    var offset = 0
    for (place, operand) in plan.operands(result).enumerated() {
      let own = operand.shape.last ?? 1
      loop(over: operand.shape, &statements) { lowering, index, depth, body in
        let values = lowering.values(.piece(result, place), at: index, depth: depth, &body)
        let value = lowering.value(operand, at: index, in: operand.shape, values)
        body.append(.store(lowering.array(result), index / own * width + index % own + offset, value))
      }
      offset += own
    }
  }

  /// Copies outputs that are given, constant or chosen.
  private mutating func copyOutputs() {
    var statements: [SourceStatement] = []
    let output = plan.output
    loop(over: plan.nodes[output].shape, &statements) { lowering, index, _, body in
      let value = lowering.element(output, index)
      body.append(.store(.outputs, index, .casting(value, from: lowering.plan.nodes[output].element, to: .float)))
    }
    steps.append((output, statements))
  }
}

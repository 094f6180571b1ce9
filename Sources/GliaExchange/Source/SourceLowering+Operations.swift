extension SourceLowering {
  /// Returns one element of an operation's result, from the values of operations computed before in the same loop.
  mutating func expression(
    _ result: Int, at index: SourceIndex, depth: Int, _ values: [Int: SourceExpression],
    _ statements: inout [SourceStatement]
  ) -> SourceExpression {
    let node = plan.nodes[result]
    let operands = plan.operands(result)
    func operand(_ place: Int, _ lowering: inout SourceLowering) -> SourceExpression {
      lowering.value(operands[place], at: index, in: node.shape, values)
    }
    switch node.operation {
    case .unary(let function):
      return .unary(function, operand(0, &self), plan.nodes[operands[0].node].element)
    case .binary(let function):
      return .binary(function, operand(0, &self), operand(1, &self), plan.nodes[operands[0].node].element)
    case .select: return .select(operand(0, &self), operand(1, &self), operand(2, &self))
    case .cast:
      return .casting(operand(0, &self), from: plan.nodes[operands[0].node].element, to: node.element)
    case .lookup:
      let table = operands[1]
      let width = max(table.shape.last ?? 1, 1)
      let row = element(operands[0].node, index / width)
      return .lookup(
        array(table.node), rows: table.shape.first ?? 0, width: width, row: row, column: index % width, node.element)
    case .product: return product(node, operands, at: index, depth: depth, &statements)
    case .reduce(let reduction): return reduced(result, reduction, operands[0], at: index, depth: depth, &statements)
    default: return element(result, index)
    }
  }

  private mutating func product(
    _ node: SymbolicNode, _ operands: [Operand], at index: SourceIndex, depth: Int,
    _ statements: inout [SourceStatement]
  ) -> SourceExpression {
    let (outputs, width) = (max(node.shape.last ?? 1, 1), operands[1].shape.last ?? 0)
    let (row, unit) = (index / outputs, index % outputs)
    let sum = newName("sum")
    let bias = operands.count > 2 ? element(operands[2].node, unit) : .number(0, node.element)
    statements.append(.variable(sum, node.element, bias))
    loop(width, depth: depth, &statements) { lowering, place, body in
      let weight = lowering.element(operands[1].node, unit * width + place)
      let x = lowering.element(operands[0].node, row * width + place)
      body.append(.add(sum, .binary(.multiply, weight, x, node.element)))
    }
    return .local(sum)
  }

  private mutating func reduced(
    _ result: Int, _ reduction: SymbolicReduction, _ operand: Operand, at index: SourceIndex, depth: Int,
    _ statements: inout [SourceStatement]
  ) -> SourceExpression {
    let element = plan.nodes[result].element
    let width = max(operand.shape.last ?? 1, 1)
    let name = newName(reduction == .maximum ? "maximum" : "sum")
    statements.append(.variable(name, element, .number(reduction == .maximum ? -.infinity : 0, element)))
    loop(width, depth: depth, &statements) { lowering, place, body in
      let index = index * width + place
      let values = lowering.values(.inner(result), at: index, depth: depth + 1, &body)
      let value = lowering.value(operand, at: index, in: operand.shape, values)
      body.append(
        reduction == .maximum
          ? .assign(name, .binary(.maximum, .local(name), value, element)) : .add(name, value))
    }
    return reduction == .mean
      ? .binary(.divide, .local(name), .number(Double(width), element), element) : .local(name)
  }

  /// Writes an operation on whole rows: the last axis.
  mutating func writeRows(_ result: Int, _ statements: inout [SourceStatement]) {
    let node = plan.nodes[result]
    let source = plan.operands(result)[0].node
    let y = array(result)
    let width = max(node.shape.last ?? 1, 1)
    loop(node.count / width, depth: 0, &statements) { lowering, row, body in
      func passes(
        _ lowering: inout SourceLowering, _ body: inout [SourceStatement],
        _ statements: (_ index: SourceIndex, _ x: SourceExpression) -> [SourceStatement]
      ) {
        lowering.loop(width, depth: 1, &body) { lowering, place, body in
          let index = row * width + place
          body += statements(index, lowering.element(source, index))
        }
      }
      let element = node.element
      switch node.operation {
      case .sortDescending:
        passes(&lowering, &body) { [.store(y, $0, $1)] }
        body.append(.sortDescending(y, from: row * width, count: width, element))
      case .cumulativeSum:
        let sum = lowering.newName("sum")
        body.append(.variable(sum, element, .number(0, element)))
        passes(&lowering, &body) { [.add(sum, $1), .store(y, $0, .local(sum))] }
      default:
        let (maximum, sum) = (lowering.newName("maximum"), lowering.newName("sum"))
        body.append(.variable(maximum, element, .number(-.infinity, element)))
        passes(&lowering, &body) { [.assign(maximum, .binary(.maximum, .local(maximum), $1, element))] }
        body.append(.variable(sum, element, .number(0, element)))
        let isLogarithm = node.operation == .logSoftmax
        passes(&lowering, &body) { index, x in
          let shifted = SourceExpression.binary(.subtract, x, .local(maximum), element)
          let power = SourceExpression.unary(.exp, isLogarithm ? .load(y, index) : shifted, element)
          return isLogarithm
            ? [.store(y, index, shifted), .add(sum, power)]
            : [.store(y, index, power), .add(sum, .load(y, index))]
        }
        let norm = SourceExpression.local(sum)
        passes(&lowering, &body) { index, _ in
          let own = SourceExpression.load(y, index)
          return [
            .store(
              y, index,
              isLogarithm
                ? .binary(.subtract, own, .unary(.log, norm, element), element) : .binary(.divide, own, norm, element))
          ]
        }
      }
    }
  }
}

extension SourceProgram {
  /// Joins the statements for each result, and gives the results buffers, of which those no longer read are used again.
  mutating func allocate(
    _ steps: [(result: Int, body: [SourceStatement])], elements: [(element: SymbolicElement, count: Int)]
  ) {
    var last: [Int: Int] = [:]
    for (step, part) in steps.enumerated() {
      for case .result(let result) in part.body.reduce(into: Set<SourceArray>(), { $0.formUnion($1.arrays) }) {
        last[result] = step
      }
    }
    let ends = Dictionary(grouping: last.keys) { last[$0] ?? 0 }
    var free: Set<Int> = []
    for (step, part) in steps.enumerated() {
      statements += part.body
      if last[part.result] != nil {
        let (element, count) = elements[step]
        let own = free.filter { buffers[$0].element == element }
        let fit = own.filter { buffers[$0].count >= count }.min { (buffers[$0].count, $0) < (buffers[$1].count, $1) }
        let place = fit ?? own.max { (buffers[$0].count, $1) < (buffers[$1].count, $0) } ?? buffers.count
        if place == buffers.count { buffers.append(Buffer(name: "h\(place + 1)", element: element, count: count)) }
        buffers[place].count = max(buffers[place].count, count)
        free.remove(place)
        places[part.result] = place
      }
      for result in ends[step] ?? [] { if let place = places[result] { free.insert(place) } }
    }
  }
}

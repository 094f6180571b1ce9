extension SymbolicTensor {
  /// Records a function of every element.
  func apply(_ function: SymbolicFunction, element: SymbolicElement? = nil) -> SymbolicTensor {
    guard let (graph, index) = place else { return SymbolicTensor(function(number ?? .nan)) }
    let node = graph[index]
    return graph.append(
      SymbolicNode(
        operation: .unary(function), inputs: [index], shape: node.shape, element: element ?? node.element,
        isConstant: node.isConstant))
  }

  /// Records a function of the elements of two tensors.
  static func apply(_ function: SymbolicOperator, _ a: SymbolicTensor, _ b: SymbolicTensor) -> SymbolicTensor {
    guard let graph = a.place?.graph ?? b.place?.graph else {
      return SymbolicTensor(function(a.number ?? .nan, b.number ?? .nan))
    }
    return record(
      .binary(function), [a, b], in: graph, element: function.isComparison ? .bool : nil, what: function.rawValue)
  }

  /// Records an operation on elements of tensors whose shapes are broadcast.
  private static func record(
    _ operation: SymbolicOperation, _ operands: [SymbolicTensor], in graph: SymbolicGraph, element: SymbolicElement?,
    what: String
  ) -> SymbolicTensor {
    let numbers = operands.filter { $0.place != nil && $0.element != .bool }
    let own = numbers.first?.element ?? .float
    if numbers.contains(where: { $0.element != own }) { graph.note("\(what) of single and double precision") }
    let shape = operands.reduce([]) { broadcast($0, $1.shape, graph, what) }
    let inputs = operands.map { operand in
      // The batch axis precedes the axes of a sample, so that samples of fewer axes would not be aligned.
      let isShort = operand.node.map { !$0.isConstant && $0.shape.count < shape.count } ?? false
      let missing = [Int](repeating: 1, count: max(shape.count - operand.shape.count, 0))
      return (isShort ? operand.reshaped(missing + operand.shape) : operand).index(in: graph, element: own)
    }
    return graph.append(
      SymbolicNode(
        operation: operation, inputs: inputs, shape: shape, element: element ?? own,
        isConstant: inputs.allSatisfy { graph[$0].isConstant }))
  }

  /// Returns the shape that two shapes are broadcast to.
  private static func broadcast(_ a: [Int], _ b: [Int], _ graph: SymbolicGraph, _ what: String) -> [Int] {
    let count = max(a.count, b.count)
    let (a, b) = (
      Array(repeating: 1, count: count - a.count) + a, Array(repeating: 1, count: count - b.count) + b
    )
    return zip(a, b).map { a, b in
      if a != b, a != 1, b != 1 { graph.note("\(what) of shapes with axes of \(a) and \(b)") }
      return a == 1 ? b : a
    }
  }

  /// Returns `a` where the condition is true, and `b` elsewhere.
  public static func select(_ condition: SymbolicTensor, _ a: SymbolicTensor, _ b: SymbolicTensor) -> SymbolicTensor {
    guard let graph = condition.place?.graph else { return condition.number == 1 ? a : b }
    if let (_, first) = a.place, let (_, second) = b.place, first == second { return a }
    return record(.select, [condition, a, b], in: graph, element: nil, what: "a choice")
  }

  /// Returns `constant` for every sample, with the batch axis of this tensor.
  func filled(with constant: SymbolicTensor) -> SymbolicTensor {
    guard let graph = place?.graph else { return constant }
    return Self.record(.select, [isNaN, constant, constant], in: graph, element: nil, what: "a constant")
  }

  /// Returns whether each element is less than that of `other`.
  public func less(than other: SymbolicTensor) -> SymbolicTensor { .apply(.less, self, other) }

  /// Returns whether each element is at most that of `other`.
  public func lessOrEqual(to other: SymbolicTensor) -> SymbolicTensor { .apply(.lessOrEqual, self, other) }

  /// Returns whether each element equals that of `other`.
  public func equal(to other: SymbolicTensor) -> SymbolicTensor { .apply(.equal, self, other) }

  /// Returns whether each element is not a number.
  public var isNaN: SymbolicTensor { apply(.isNaN, element: .bool) }

  /// Returns the product x Wᵀ + b with constant weights of shape [outputs, inputs] and, if given, a constant bias.
  public func product(_ weight: SymbolicTensor, bias: SymbolicTensor? = nil) -> SymbolicTensor {
    operation(.product, with: [weight] + (bias.map { [$0] } ?? [])) { graph, shape in
      if weight.shape.count != 2 || weight.shape[1] != shape.last
        || bias.map({ $0.shape != [weight.shape[0]] }) ?? false
      {
        graph.note("a product of \(shape) with weights of shape \(weight.shape)")
      }
      return shape.dropLast() + [weight.shape.first ?? 1]
    }
  }

  /// The sum over the last axis, which becomes an axis of one.
  public func sum() -> SymbolicTensor { reduced(.sum) }
  /// The mean over the last axis, which becomes an axis of one.
  public func mean() -> SymbolicTensor { reduced(.mean) }
  /// The maximum over the last axis, which becomes an axis of one.
  public func maximum() -> SymbolicTensor { reduced(.maximum) }

  private func reduced(_ reduction: SymbolicReduction) -> SymbolicTensor {
    operation(.reduce(reduction)) { _, shape in shape.dropLast() + [1] }
  }

  /// The softmax over the last axis.
  public func softmax() -> SymbolicTensor { operation(.softmax) { $1 } }
  /// The logarithm of the softmax over the last axis.
  public func logSoftmax() -> SymbolicTensor { operation(.logSoftmax) { $1 } }
  /// The elements along the last axis in descending order.
  public func sortedDescending() -> SymbolicTensor { operation(.sortDescending) { $1 } }
  /// The sums of the elements along the last axis up to each one.
  public func cumulativeSum() -> SymbolicTensor { operation(.cumulativeSum) { $1 } }

  /// Returns the tensor in another shape.
  public func reshaped(_ shape: [Int]) -> SymbolicTensor {
    if shape == self.shape { return self }
    if let (graph, _) = place, let values = node?.operation.constants, values.count == (try? shape.elementCount()) {
      return SymbolicTensor(values, shape: shape, element: element, in: graph)
    }
    return operation(.reshape) { graph, own in
      if (try? shape.elementCount()) == own.reduce(1, *) { return shape }
      graph.note("a sample of shape \(own) reshaped to \(shape)")
      return own
    }
  }

  /// Returns the elements with the given indices in the flat sample, as one axis.
  public func elements(_ indices: [Int]) -> SymbolicTensor {
    let count = shape.reduce(1, *)
    if shape == [count], indices.count == count, indices.elementsEqual(0..<count) { return self }
    guard indices.allSatisfy({ (0..<count).contains($0) }) else {
      place?.graph.note("elements \(indices.prefix(8)) of a sample of shape \(shape)")
      return self
    }
    return operation(.pick(indices)) { _, _ in [indices.count] }
  }

  /// Returns the tensors side by side along the last axis.
  public static func concatenating(_ tensors: [SymbolicTensor]) -> SymbolicTensor {
    guard let first = tensors.first else { return SymbolicTensor(0) }
    return tensors.count == 1
      ? first
      : first.operation(.concatenate, with: Array(tensors.dropFirst())) { graph, shape in
        if tensors.contains(where: { $0.shape.dropLast() != shape.dropLast() || $0.element != first.element }) {
          graph.note("tensors of shapes \(tensors.map(\.shape)) side by side")
        }
        return shape.dropLast() + [tensors.reduce(0) { $0 + ($1.shape.last ?? 1) }]
      }
  }

  /// Returns a row of the constant `table` for each element, as another axis; NaN for an element that is not the index of a row.
  public func rows(of table: SymbolicTensor) -> SymbolicTensor {
    operation(.lookup, with: [table]) { graph, shape in
      if table.shape.count != 2 { graph.note("rows of a table of shape \(table.shape)") }
      return shape + [table.shape.last ?? 1]
    }
  }

  /// Returns the tensor with elements of another type.
  public func cast(to element: SymbolicElement) -> SymbolicTensor {
    guard let (graph, index) = place, self.element != element else { return self }
    let node = graph[index]
    return graph.append(
      SymbolicNode(
        operation: .cast, inputs: [index], shape: node.shape, element: element, isConstant: node.isConstant))
  }

  /// Records an operation with this tensor as its first operand.
  private func operation(
    _ operation: SymbolicOperation, with others: [SymbolicTensor] = [],
    shape: (SymbolicGraph, [Int]) -> [Int]
  ) -> SymbolicTensor {
    // A number is one sample of one element.
    guard let graph = place?.graph ?? others.lazy.compactMap({ $0.place?.graph }).first else { return self }
    let inputs = ([self] + others).map { $0.index(in: graph, element: element) }
    return graph.append(
      SymbolicNode(
        operation: operation, inputs: inputs, shape: shape(graph, self.shape), element: element,
        isConstant: inputs.allSatisfy { graph[$0].isConstant }))
  }
}

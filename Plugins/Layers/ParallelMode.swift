import GliaCore

/// How ``Parallel`` combines the outputs of its branches.
public enum ParallelMode: String, Choice {
  /// Sum.
  case add
  /// Mean.
  case average
  /// Elementwise product.
  case multiply
  /// Concatenation along the last axis.
  case concatenate

  /// The shape of the combined output; throws if the outputs of the branches are incompatible.
  func output(of outputs: [[Int]]) throws -> [Int] {
    let first = outputs.first ?? []
    let isSide = self == .concatenate
    for (index, output) in outputs.enumerated() where isSide ? output.dropLast() != first.dropLast() : output != first {
      throw GliaError(
        "outputs of shapes \(first) and \(output) in mode \(rawValue)", at: "branches.\(index)",
        expected: isSide ? "shapes that differ only in their last axis" : "equal shapes")
    }
    return isSide ? first.dropLast() + [outputs.reduce(0) { $0 + ($1.last ?? 0) }] : first
  }

  /// Combines the output of branch `index` with those of the branches before it.
  func join(_ output: TensorView<Float>, of index: Int, into y: MutableTensorView<Float>, _ plan: LayerPlan) {
    switch self {
    case .add, .average:
      let part = self == .add ? 1 : 1 / Float(plan.children.count)
      index == 0 ? y.assign(output, times: part) : y.add(output, times: part)
    case .multiply:
      index == 0 ? y.copy(output) : y.update(output) { y, output in y *= output }
    case .concatenate:
      let first = firstColumn(of: index, plan)
      for row in 0..<output.rows {
        for j in 0..<output.columns { y[row, first + j] = output[row, j] }
      }
    }
  }

  /// Writes the gradient with respect to the output of branch `index`, given the gradient with respect to the combined output.
  func split(
    _ dy: TensorView<Float>, of index: Int, into gradient: MutableTensorView<Float>, _ context: BackwardContext
  ) {
    switch self {
    case .add, .average:
      gradient.assign(dy, times: self == .add ? 1 : 1 / Float(context.plan.children.count))
    case .multiply:
      gradient.copy(dy)
      for other in context.plan.children.indices where other != index {
        gradient.update(context.output(of: other)) { gradient, output in gradient *= output }
      }
    case .concatenate:
      let first = firstColumn(of: index, context.plan)
      for row in 0..<gradient.rows {
        for j in 0..<gradient.columns { gradient[row, j] = dy[row, first + j] }
      }
    }
  }

  /// The first column of branch `index` in the concatenated output.
  private func firstColumn(of index: Int, _ plan: LayerPlan) -> Int {
    plan.children.prefix(index).reduce(0) { $0 + ($1.output.last ?? 1) }
  }
}

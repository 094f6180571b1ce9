import GliaCore

/// How ``Parallel`` puts the outputs of its branches together.
public enum ParallelMode: String, Choice {
  /// Their sum.
  case add
  /// Their mean.
  case average
  /// Their product, element by element.
  case multiply
  /// Side by side along the last axis.
  case concatenate

  /// The shape of what branches with these outputs make; throws if they do not fit together.
  func output(of outputs: [[Int]]) throws -> [Int] {
    let first = outputs.first ?? []
    let isSide = self == .concatenate
    for (index, output) in outputs.enumerated() where isSide ? output.dropLast() != first.dropLast() : output != first {
      throw GliaError(
        "outputs of shapes \(first) and \(output) in mode \(rawValue)", at: "branches.\(index)",
        expected: isSide ? "shapes that differ in their last axis only" : "equal shapes")
    }
    return isSide ? first.dropLast() + [outputs.reduce(0) { $0 + ($1.last ?? 0) }] : first
  }

  /// Puts the output of branch `index` to those of the branches before it.
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

  /// Writes the gradient with respect to the output of branch `index`, given that with respect to what was made of all.
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

  /// Where the output of branch `index` begins when all lie side by side.
  private func firstColumn(of index: Int, _ plan: LayerPlan) -> Int {
    plan.children.prefix(index).reduce(0) { $0 + ($1.output.last ?? 1) }
  }
}

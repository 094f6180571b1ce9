import GliaCore
import GliaKernels

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

  /// Puts the outputs that the branches left in `memory` together.
  func join(_ memory: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, pass: LayerPass) {
    let plans = pass.plan.children
    let (count, total) = (pass.plan.outputCount * pass.batch, pass.plan.output.last ?? 1)
    var (place, column) = (LayerPlace(), 0)
    for index in plans.indices {
      let output = memory + place.memory + plans[index].memory(batch: pass.batch)
      switch self {
      case .add, .average:
        let part = self == .add ? 1 : 1 / Float(plans.count)
        index == 0 ? glia_scale(count, part, output, y) : glia_axpy(count, part, output, y)
      case .multiply:
        for i in 0..<count { y[i] = index == 0 ? output[i] : y[i] * output[i] }
      case .concatenate:
        let width = plans[index].output.last ?? 1
        for row in 0..<count / total { (y + row * total + column).update(from: output + row * width, count: width) }
        column += width
      }
      place.advance(over: plans[index], batch: pass.batch)
    }
  }

  /// Writes the gradient with respect to the output of branch `index`, given that with respect to what was made of all.
  func split(
    _ dy: UnsafePointer<Float>, branch index: Int, memory: UnsafePointer<Float>,
    into gradient: UnsafeMutablePointer<Float>, pass: LayerPass
  ) {
    let plans = pass.plan.children
    let (count, total) = (pass.plan.outputCount * pass.batch, pass.plan.output.last ?? 1)
    switch self {
    case .add, .average:
      glia_scale(count, self == .add ? 1 : 1 / Float(plans.count), dy, gradient)
    case .multiply:
      gradient.update(from: dy, count: count)
      var place = LayerPlace()
      for other in plans.indices {
        let output = memory + place.memory + plans[other].memory(batch: pass.batch)
        if other != index { for i in 0..<count { gradient[i] *= output[i] } }
        place.advance(over: plans[other], batch: pass.batch)
      }
    case .concatenate:
      var column = 0
      for other in 0..<index { column += plans[other].output.last ?? 1 }
      let width = plans[index].output.last ?? 1
      for row in 0..<count / total { (gradient + row * width).update(from: dy + row * total + column, count: width) }
    }
  }
}

import GliaCore

/// A transform at work on arrays.
struct TransformRun {
  let transform: any Transform
  private(set) var weights: [Float]
  private var state: [Float]
  private var step: OptimizerStep

  init(_ transform: any Transform, weights: [Float], key: UInt64 = 0) {
    (self.transform, self.weights) = (transform, weights)
    state = [Float](repeating: 0, count: transform.stateCount(parameters: weights.count))
    step = OptimizerStep(number: 1, learningRate: 0.125, tensors: [0..<1, 1..<4, 4..<weights.count], key: key)
  }

  /// What the next pass would see.
  var perturbed: [Float] {
    var copy = weights
    var span = copy.mutableSpan
    transform.perturb(&span, step: step)
    return copy
  }

  /// What would be evaluated.
  var presented: [Float] {
    guard step.number > 1 else { return weights }
    var copy = weights
    var span = copy.mutableSpan
    transform.present(&span, state: state.span, updates: step.number - 1)
    return copy
  }

  /// What becomes of a batch's gradient, after an update with it; nil if the update is put off.
  mutating func batch(_ gradient: [Float]) -> [Float]? {
    var gradient = gradient
    guard transform.apply(&gradient, weights, &state, step) else { return nil }
    // As if an optimizer moved all alike, however large the gradient.
    weights = weights.map { $0 == 0 ? 0 : $0 + step.learningRate }
    transform.updated(&weights, &state, step)
    step.number += 1
    return gradient
  }
}

extension Transform {
  fileprivate func apply(
    _ gradient: inout [Float], _ weights: [Float], _ state: inout [Float], _ step: OptimizerStep
  ) -> Bool {
    var span = gradient.mutableSpan
    var own = state.mutableSpan
    return apply(&span, parameters: weights.span, state: &own, step: step)
  }

  fileprivate func updated(_ weights: inout [Float], _ state: inout [Float], _ step: OptimizerStep) {
    var span = weights.mutableSpan
    var own = state.mutableSpan
    updated(&span, state: &own, step: step)
  }
}

/// Runs a transform on arrays, as in training, to test it.
package struct TransformRunner {
  package let transform: any Transform
  package private(set) var weights: [Float]
  private var state: [Float]
  private let plan: NamedState
  private let tensors: [TensorExtent]
  private let learningRate: Float
  private let key: UInt64
  /// The number of the next update.
  private var number = 1

  /// Creates a runner for weights that consist of `tensors`; throws if the state is too large.
  package init(
    _ transform: any Transform, weights: [Float], tensors: [Range<Int>], learningRate: Float, key: UInt64
  ) throws {
    (self.transform, self.weights) = (transform, weights)
    self.tensors = tensors.map { TensorExtent(range: $0, axisCount: 1) }
    (self.learningRate, self.key) = (learningRate, key)
    plan = try NamedState([transform.state(for: weights.count)])
    try Memory.require(floats: plan.count, for: "the state of \(type(of: transform).name)")
    state = [Float](repeating: 0, count: plan.count)
    plan.initialize(&state, from: 0)
  }

  /// Returns the weights that the next pass would use.
  package func perturbed() throws -> [Float] {
    guard let transform = transform as? any WeightPerturbation else { return weights }
    var (copy, memory) = (weights, state)
    try run(on: &copy, &memory) { transform.perturb($0, $1) }
    return copy
  }

  /// Returns the weights that would be evaluated.
  package func averaged() throws -> [Float] {
    guard let transform = transform as? any WeightAverage, number > 1 else { return weights }
    var (copy, memory) = (weights, state)
    try run(on: &copy, &memory, number: number - 1) { transform.average($0, $1) }
    return copy
  }

  /// Processes a batch's gradient and makes an update, in which `move` changes the weights; returns nil if the update is
  /// postponed.
  package mutating func batch(_ gradient: [Float], move: ([Float]) -> [Float]) throws -> [Float]? {
    var (gradient, memory, moved) = (gradient, state, weights)
    defer { (state, weights) = (memory, moved) }
    if let transform = transform as? any GradientTransform {
      var weights = weights
      let count = weights.count
      let report = OwnedReport()
      try weights.withUnsafeMutableBufferPointer { weights in
        guard let start = weights.baseAddress else { return }
        try run(on: &gradient, &memory) { gradient, context in
          transform.apply(gradient, weights: TensorView(unsafe: start, columns: count, report.value), context)
        }
      }
      try report.value.check()
    }
    if let transform = transform as? any GradientAccumulator {
      var isUpdated = true
      try run(on: &gradient, &memory) { isUpdated = transform.accumulate($0, $1) }
      guard isUpdated else { return nil }
    }
    if let transform = transform as? any WeightTransform {
      try run(on: &moved, &memory) { transform.willUpdate($0, $1) }
    }
    moved = move(moved)
    if let transform = transform as? any WeightTransform {
      try run(on: &moved, &memory) { transform.didUpdate($0, $1) }
    }
    number += 1
    return gradient
  }

  private func run(
    on numbers: inout [Float], _ state: inout [Float], number: Int? = nil,
    _ body: (MutableTensorView<Float>, UpdateContext) -> Void
  ) throws {
    let report = OwnedReport()
    let step = OptimizerStep(number: number ?? self.number, learningRate: learningRate)
    numbers.withUnsafeMutableBufferPointer { numbers in
      state.withUnsafeMutableBufferPointer { state in
        tensors.withUnsafeBufferPointer { tensors in
          guard let start = numbers.baseAddress, let ranges = tensors.baseAddress else { return }
          body(
            MutableTensorView(unsafe: start, columns: numbers.count, report.value),
            UpdateContext(
              step, key: key, state: state.baseAddress ?? start, plan.layouts[0].table, tensors: ranges,
              count: tensors.count, report.value))
        }
      }
    }
    try report.value.check()
  }
}

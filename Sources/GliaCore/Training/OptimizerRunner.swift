/// Runs an optimizer on an array of weights, as in training, to test it and to draw its trajectories.
package struct OptimizerRunner {
  /// The optimizer, which may be replaced by an equal one: all of its state is stored here.
  package var optimizer: any Optimizer { didSet { run = ParameterRun(optimizer.rule, like: run) } }
  package private(set) var weights: [Float]
  /// The optimizer's state.
  package private(set) var state: [Float]
  package var learningRate: Float
  private var number = 0
  private var run: ParameterRun
  private let report = OwnedReport()

  /// Creates tensors of the given shapes, by default one of all weights, before the first step; throws if the state is too
  /// large.
  package init(_ optimizer: any Optimizer, from weights: [Float], shapes: [[Int]]? = nil) throws {
    if let optimizer = optimizer.rule as? any ElementwiseOptimizer { try optimizer.checkState() }
    (self.optimizer, self.weights, learningRate) = (optimizer, weights, optimizer.learningRate)
    run = ParameterRun(optimizer.rule, group: nil, from: 0)
    var end = 0
    for shape in shapes ?? [[weights.count]] {
      let count = try shape.elementCount()
      run.append(end..<end + count, shape: shape)
      end += count
    }
    try run.planState()
    let count = run.state?.count ?? 0
    try Memory.require(floats: count, for: "the state of \(type(of: optimizer).name)")
    guard end == weights.count else {
      throw GliaError("\(weights.count) weights for shapes with \(end) numbers", expected: "the same number")
    }
    state = [Float](repeating: 0, count: count)
    run.state?.initialize(&state, from: 0)
  }

  /// Makes one step with `gradient`, a number for each weight; throws if the optimizer accesses something that it did not plan.
  package mutating func update(_ gradient: [Float]) throws {
    var gradient = gradient
    try update(along: &gradient)
  }

  /// Makes one step on a function given by its gradient at any weights, as a training does: an optimizer that ascends gets the
  /// gradient uphill.
  package mutating func update(at gradient: ([Float]) -> [Float]) throws {
    var found = gradient(weights)
    if let optimizer = optimizer as? any AscendingOptimizer {
      guard found.count == weights.count else { return try update(found) }
      var uphill = weights
      let report = report.value
      uphill.withUnsafeMutableBufferPointer { uphill in
        found.withUnsafeMutableBufferPointer { found in
          guard let weights = uphill.baseAddress, let gradient = found.baseAddress else { return }
          optimizer.ascend(
            MutableTensorView(unsafe: weights, columns: uphill.count, report),
            along: TensorView(unsafe: gradient, columns: found.count, report))
        }
      }
      found = gradient(uphill)
    }
    try update(along: &found)
  }

  /// The weights to evaluate, which differ from the trained ones for an averaging optimizer.
  package func averaged() throws -> [Float] {
    guard run.averaging != nil, number > 0 else { return weights }
    var (copy, memory) = (weights, state)
    copy.withUnsafeMutableBufferPointer { weights in
      memory.withUnsafeMutableBufferPointer { state in
        guard let weights = weights.baseAddress else { return }
        run.average(
          weights, state.baseAddress ?? weights, OptimizerStep(number: number, learningRate: 0), report.value)
      }
    }
    try report.value.check()
    return copy
  }

  /// Makes one step with `gradient`, which may be overwritten.
  package mutating func update(along gradient: inout [Float]) throws {
    guard gradient.count == weights.count else {
      throw GliaError("\(gradient.count) gradients for \(weights.count) weights", expected: "the same number")
    }
    number += 1
    let step = OptimizerStep(number: number, learningRate: learningRate)
    let (run, report) = (run, report.value)
    weights.withUnsafeMutableBufferPointer { weights in
      gradient.withUnsafeMutableBufferPointer { gradient in
        state.withUnsafeMutableBufferPointer { state in
          guard let weights = weights.baseAddress, let gradient = gradient.baseAddress else { return }
          let state = state.baseAddress ?? gradient
          guard run.isCollective else { return run.update(weights, gradient, state, step, key: 0, report) }
          withUnsafePointer(to: run.sums(weights, gradient, state, step, key: 0, report)) { sums in
            run.update(weights, gradient, state, step, key: 0, sums: sums, report)
          }
        }
      }
    }
    try report.check()
  }
}

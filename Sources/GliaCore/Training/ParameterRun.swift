/// Adjacent tensors that are updated by the same optimizer.
///
/// An elementwise optimizer processes all of them as one tensor, in one pass.
final class ParameterRun {
  let optimizer: any Optimizer
  /// The group that the optimizer belongs to; nil for the training's optimizer.
  let group: Int?
  /// The optimizer's own rate, the base rate of a schedule.
  let baseRate: Double
  /// The rate of the next update, if the optimizer is a group's.
  var learningRate: Float
  /// The index of its optimizer: 0 for the training's, then the groups.
  var owner: Int { group.map { $0 + 1 } ?? 0 }
  private(set) var range: Range<Int>
  /// The optimizer's state for each tensor.
  private(set) var state: NamedState?
  /// How many updates its tensors had in a training from which this one was forked.
  let earlierUpdates: Int
  /// The offset of that state in the training's memory.
  var start = 0
  /// The optimizer in its special roles, if it has them.
  let averaging: (any AveragingOptimizer)?
  private let collective: (any CollectiveOptimizer)?
  let isCollective: Bool
  private let isElementwise: Bool
  private var tensors: [(range: Range<Int>, shape: [Int])] = []
  /// The same for the step, in a form without reference counting.
  private var places: [Place] = []

  private struct Place {
    let range: Range<Int>
    let whole: TensorExtent
    let layout: TensorLayout
    let state: LayoutTable
  }

  init(_ optimizer: any Optimizer, group: Int?, from start: Int, earlierUpdates: Int = 0) {
    (self.optimizer, self.group, baseRate) = (optimizer, group, optimizer.baseRate)
    learningRate = Float(baseRate)
    self.earlierUpdates = earlierUpdates
    (range, isElementwise) = (start..<start, optimizer is any ElementwiseOptimizer)
    let averaging = optimizer as? any AveragingOptimizer
    self.averaging = averaging?.averages == true ? averaging : nil
    collective = optimizer as? any CollectiveOptimizer
    isCollective = collective != nil
  }

  /// Creates a run of the same tensors that continues from the same state.
  convenience init(_ optimizer: any Optimizer, like other: ParameterRun) {
    self.init(
      optimizer, group: other.group, from: other.range.lowerBound, earlierUpdates: other.earlierUpdates)
    (range, tensors, places) = (other.range, other.tensors, other.places)
    (state, start) = (other.state, other.start)
  }

  /// Appends the next tensor.
  func append(_ tensor: Range<Int>, shape: [Int]) {
    range = range.lowerBound..<tensor.upperBound
    if isElementwise { tensors = [(range, [range.count])] } else { tensors.append((tensor, shape)) }
  }

  /// Lays out the optimizer's state; throws if it is too large.
  func planState() throws {
    let plan = try NamedState(tensors.map { optimizer.state(for: $0.shape) })
    places = zip(tensors, plan.layouts).map { tensor, layouts in
      Place(
        range: tensor.range, whole: TensorExtent(range: 0..<tensor.range.count, axisCount: tensor.shape.count),
        layout: TensorLayout(tensor.shape, isPerSample: false), state: layouts.table)
    }
    state = plan
  }

  /// Returns where the optimizer's state of `tensor` is in the training's memory, by name; nil if the run does not contain the
  /// tensor, or its tensors share a state.
  func state(of tensor: Range<Int>) -> [String: Range<Int>]? {
    guard let state,
      let index = tensors.firstIndex(where: {
        $0.range.lowerBound <= tensor.lowerBound && tensor.upperBound <= $0.range.upperBound
      })
    else { return nil }
    let whole = tensors[index].range
    var places: [String: Range<Int>] = [:]
    for (name, range) in state.places[index] {
      let own = start + range.lowerBound
      if whole == tensor {
        places[name] = own..<own + range.count
      } else if range.count == whole.count {
        let first = own + tensor.lowerBound - whole.lowerBound
        places[name] = first..<first + tensor.count
      } else {
        return nil
      }
    }
    return places
  }

  /// Returns the sums over its tensors that a collective optimizer needs before any tensor is updated.
  func sums(
    _ parameters: UnsafeMutablePointer<Float>, _ gradient: UnsafeMutablePointer<Float>,
    _ memory: UnsafeMutablePointer<Float>, _ step: OptimizerStep, key: UInt64, _ report: PassReport
  ) -> SIMD4<Double> {
    guard let collective else { return .zero }
    var sums = SIMD4<Double>.zero
    forEachTensor(memory, step, key: key, sums: nil, report) { place, context in
      sums += collective.shares(
        of: view(gradient, place, report).view, weight: view(parameters, place, report).view, context)
    }
    report.ascribe(to: collective)
    return sums
  }

  /// Updates its part of the parameters.
  func update(
    _ parameters: UnsafeMutablePointer<Float>, _ gradient: UnsafeMutablePointer<Float>,
    _ memory: UnsafeMutablePointer<Float>, _ step: OptimizerStep, key: UInt64,
    sums: UnsafePointer<SIMD4<Double>>? = nil,
    _ report: PassReport
  ) {
    forEachTensor(memory, step, key: key, sums: sums, report) { place, context in
      optimizer.update(view(parameters, place, report), view(gradient, place, report), context)
    }
    report.ascribe(to: optimizer)
  }

  /// Replaces its part of the parameters by those to evaluate, if the optimizer has others.
  func average(
    _ parameters: UnsafeMutablePointer<Float>, _ memory: UnsafeMutablePointer<Float>, _ step: OptimizerStep,
    _ report: PassReport
  ) {
    guard let averaging else { return }
    forEachTensor(memory, step, key: 0, sums: nil, report) { place, context in
      averaging.average(view(parameters, place, report), context)
    }
    report.ascribe(to: averaging)
  }

  @inline(__always)
  private func forEachTensor(
    _ memory: UnsafeMutablePointer<Float>, _ step: OptimizerStep, key: UInt64, sums: UnsafePointer<SIMD4<Double>>?,
    _ report: PassReport, _ body: (UnsafePointer<Place>, UpdateContext) -> Void
  ) {
    var step = step
    step.number += earlierUpdates
    places.withUnsafeBufferPointer { places in
      guard let first = places.baseAddress else { return }
      for index in 0..<places.count {
        let place = first + index
        withUnsafePointer(to: place.pointee.whole) { whole in
          body(
            place,
            UpdateContext(
              step, key: Random.mix(key &+ UInt64(index)), state: memory + start, place.pointee.state, tensors: whole,
              count: 1, sums: sums, report))
        }
      }
    }
  }

  @_lifetime(immortal) @inline(__always)
  private func view(
    _ numbers: UnsafeMutablePointer<Float>, _ place: UnsafePointer<Place>, _ report: PassReport
  ) -> MutableTensorView<Float> {
    MutableTensorView(
      unsafe: numbers + place.pointee.range.lowerBound, shape: place.pointee.layout, batch: 1, report)
  }
}

extension OptimizerStep {
  /// Returns the step with the rate of the run's own optimizer.
  func rated(for run: ParameterRun) -> OptimizerStep {
    run.group == nil ? self : OptimizerStep(number: number, learningRate: run.learningRate)
  }
}

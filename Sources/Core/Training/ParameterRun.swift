/// Neighbouring tensors that one optimizer moves in one go.
struct ParameterRun {
  let optimizer: any Optimizer
  /// The group whose optimizer it is; nil for that of the training.
  let group: Int?
  /// The optimizer's own rate, from which a schedule starts.
  let rate: Double
  private(set) var range: Range<Int>
  /// Where its memory lies in that of the training.
  var state = 0..<0
  /// The context of the optimizer's step, the tensors by their places within the run.
  var step = OptimizerStep(number: 0, learningRate: 0)

  init(_ optimizer: any Optimizer, group: Int?, from start: Int) {
    (self.optimizer, self.group, rate) = (optimizer, group, optimizer.baseRate)
    range = start..<start
  }

  /// Takes the tensor that comes next.
  mutating func append(_ tensor: Range<Int>) {
    step.tensors.append(tensor.lowerBound - range.lowerBound..<tensor.upperBound - range.lowerBound)
    range = range.lowerBound..<tensor.upperBound
  }

  /// Moves its part of the parameters.
  func update(
    _ parameters: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>, _ memory: UnsafeMutablePointer<Float>
  ) {
    var span = MutableSpan(_unsafeStart: parameters + range.lowerBound, count: range.count)
    var own = MutableSpan(_unsafeStart: memory + state.lowerBound, count: state.count)
    optimizer.update(
      &span, gradient: Span(_unsafeStart: gradient + range.lowerBound, count: range.count), state: &own, step: step)
  }
}

extension Optimizer {
  /// The rate that a schedule starts from: 0.02 as a Float is 0.0199999996 as a Double, but what was written is meant.
  var baseRate: Double { Double(learningRate.description) ?? Double(learningRate) }
}

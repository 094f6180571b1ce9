/// Neighboring tensors that one optimizer moves.
///
/// A rule that moves each parameter by itself takes all of them as one tensor, in one go.
struct ParameterRun {
  let optimizer: any Optimizer
  /// The group whose optimizer it is; nil for that of the training.
  let group: Int?
  /// The optimizer's own rate, from which a schedule starts.
  let rate: Double
  private(set) var range: Range<Int>
  /// What the optimizer remembers of each tensor.
  private(set) var state: NamedState?
  /// Where that begins in the memory of the training.
  var start = 0
  private let isElementwise: Bool
  private var tensors: [(range: Range<Int>, shape: [Int])] = []

  init(_ optimizer: any Optimizer, group: Int?, from start: Int) {
    (self.optimizer, self.group, rate) = (optimizer, group, optimizer.baseRate)
    (range, isElementwise) = (start..<start, optimizer is any ElementwiseOptimizer)
  }

  /// A run of the same tensors that goes on from the same state.
  init(_ optimizer: any Optimizer, like other: ParameterRun) {
    self.init(optimizer, group: other.group, from: other.range.lowerBound)
    (range, tensors, state, start) = (other.range, other.tensors, other.state, other.start)
  }

  /// Takes the tensor that comes next.
  mutating func append(_ tensor: Range<Int>, shape: [Int]) {
    range = range.lowerBound..<tensor.upperBound
    if isElementwise { tensors = [(range, [range.count])] } else { tensors.append((tensor, shape)) }
  }

  /// Lays out what the optimizer remembers; throws if that is more than can be counted.
  mutating func planState() throws { state = try NamedState(tensors.map { optimizer.state(for: $0.shape) }) }

  /// Moves its part of the parameters.
  func update(
    _ parameters: UnsafeMutablePointer<Float>, _ gradient: UnsafeMutablePointer<Float>,
    _ memory: UnsafeMutablePointer<Float>, _ step: OptimizerStep, key: UInt64, _ report: PassReport
  ) {
    guard let state else { return }
    for index in tensors.indices {
      let (range, layout) = (tensors[index].range, TensorLayout(tensors[index].shape, isPerSample: false))
      withUnsafePointer(to: 0..<range.count) { whole in
        optimizer.update(
          MutableTensorView(unsafe: parameters + range.lowerBound, shape: layout, batch: 1, report),
          MutableTensorView(unsafe: gradient + range.lowerBound, shape: layout, batch: 1, report),
          UpdateContext(
            step, key: Random.mix(key &+ UInt64(index)), state: memory + start, state.layouts[index].table,
            tensors: whole, count: 1, report))
      }
    }
    report.ascribe(to: optimizer)
  }
}

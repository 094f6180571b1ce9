/// The environment of an optimizer or a transform in an update: the update's number, its learning rate, and the state by name.
public struct UpdateContext: ~Escapable {
  /// The number of the update, from 1, and its learning rate.
  public let step: OptimizerStep
  @usableFromInline let stateStart: UnsafeMutablePointer<Float>
  @usableFromInline let layouts: LayoutTable
  @usableFromInline let report: PassReport
  private let key: UInt64
  private let extents: UnsafePointer<TensorExtent>
  /// The number of tensors that the parameters consist of; 1 for an optimizer, which sees one at a time.
  public let tensorCount: Int
  private let collected: UnsafePointer<SIMD4<Double>>?
  /// The sums over all tensors of a ``CollectiveOptimizer``; nil if it sees a tensor alone.
  public var sums: SIMD4<Double>? { collected?.pointee }

  @_lifetime(immortal)
  init(
    _ step: OptimizerStep, key: UInt64, state: UnsafeMutablePointer<Float>, _ layouts: LayoutTable,
    tensors extents: UnsafePointer<TensorExtent>, count: Int, sums collected: UnsafePointer<SIMD4<Double>>? = nil,
    _ report: PassReport
  ) {
    (self.step, self.key, stateStart, self.layouts) = (step, key, state, layouts)
    (self.extents, tensorCount, self.collected, self.report) = (extents, count, collected, report)
  }

  /// The number of the update, from 1.
  @inlinable
  public var number: Int { step.number }
  /// The learning rate of this update.
  @inlinable
  public var learningRate: Float { step.learningRate }
  /// The state kept between updates.
  @inlinable
  public var state: MutableNamedTensors<Float> {
    @_lifetime(copy self)
    get {
      _overrideLifetime(MutableNamedTensors(unsafe: stateStart, layouts, batch: 1, report), copying: self)
    }
  }
  /// A random generator, a new one for every update, transform and tensor.
  public var random: Random { Random(seed: key) }

  /// Returns the same environment with another learning rate, for an optimizer nested in another one.
  @_lifetime(copy self)
  public func with(learningRate: Float) -> UpdateContext {
    _overrideLifetime(
      UpdateContext(
        OptimizerStep(number: number, learningRate: learningRate), key: key, state: stateStart, layouts,
        tensors: extents, count: tensorCount, sums: collected, report),
      copying: self)
  }

  /// Returns the number of axes of tensor `index`: 2 for the weight of a dense layer, 1 for a bias or the scale of a norm, and
  /// for the tensors that an ``ElementwiseOptimizer`` sees as one.
  public func axisCount(of index: Int = 0) -> Int { extent(index).axisCount }

  /// Returns the part of `vector`, which has a number for each parameter, that belongs to tensor `index`.
  @_lifetime(copy self)
  public func tensor(_ index: Int, of vector: MutableTensorView<Float>) -> MutableTensorView<Float> {
    let range = part(index, of: vector.count)
    return _overrideLifetime(
      MutableTensorView(unsafe: vector.start + range.lowerBound, columns: range.count, report), copying: self)
  }

  /// Returns the part of `vector`, which has a number for each parameter, that belongs to tensor `index`.
  @_lifetime(copy self)
  public func tensor(_ index: Int, of vector: TensorView<Float>) -> TensorView<Float> {
    let range = part(index, of: vector.count)
    return _overrideLifetime(
      TensorView(unsafe: vector.start + range.lowerBound, columns: range.count, report), copying: self)
  }

  private func extent(_ index: Int) -> TensorExtent {
    if index >= 0, index < tensorCount { return extents[index] }
    report.note("tensor \(index) of \(tensorCount)")
    return TensorExtent(range: 0..<0, axisCount: 0)
  }

  /// Returns the range of a tensor in a vector of `count` numbers; an empty one if the vector is too short.
  private func part(_ index: Int, of count: Int) -> Range<Int> {
    let range = extent(index).range
    return range.upperBound <= count ? range : 0..<0
  }
}

/// The part of the parameters that belongs to a tensor, and the tensor's number of axes.
struct TensorExtent {
  let range: Range<Int>
  let axisCount: Int
}

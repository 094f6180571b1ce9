/// The environment of an optimizer or a transform in an update: the update's number, its learning rate, and the state by name.
public struct UpdateContext: ~Escapable {
  /// The number of the update, from 1, and its learning rate.
  public let step: OptimizerStep
  @usableFromInline let stateStart: UnsafeMutablePointer<Float>
  @usableFromInline let layouts: LayoutTable
  @usableFromInline let report: PassReport
  private let key: UInt64
  private let ranges: UnsafePointer<Range<Int>>
  /// The number of tensors that the parameters consist of; 1 for an optimizer, which sees one at a time.
  public let tensorCount: Int

  @_lifetime(immortal)
  init(
    _ step: OptimizerStep, key: UInt64, state: UnsafeMutablePointer<Float>, _ layouts: LayoutTable,
    tensors ranges: UnsafePointer<Range<Int>>, count: Int, _ report: PassReport
  ) {
    (self.step, self.key, stateStart, self.layouts) = (step, key, state, layouts)
    (self.ranges, tensorCount, self.report) = (ranges, count, report)
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

  /// Returns the part of `vector`, which has a number for each parameter, that belongs to tensor `index`.
  @_lifetime(copy self)
  public func tensor(_ index: Int, of vector: MutableTensorView<Float>) -> MutableTensorView<Float> {
    let range = index >= 0 && index < tensorCount ? ranges[index] : 0..<0
    let isThere = range.upperBound <= vector.count && !range.isEmpty
    if index < 0 || index >= tensorCount { report.note("tensor \(index) of \(tensorCount)") }
    return _overrideLifetime(
      MutableTensorView(
        unsafe: vector.start + (isThere ? range.lowerBound : 0), columns: isThere ? range.count : 0, report),
      copying: self)
  }
}

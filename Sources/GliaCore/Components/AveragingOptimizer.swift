/// An optimizer that trains other weights than those to evaluate and save, such as a schedule-free one, which evaluates an
/// average.
///
/// Like a ``WeightAverage``, it affects validation, callbacks and the final network; training continues with its own weights,
/// which checkpoints contain.
public protocol AveragingOptimizer: Optimizer {
  /// Whether the weights to evaluate differ; true by default. Optimizers that contain another one may depend on it.
  var averages: Bool { get }
  /// Replaces a tensor by the one to evaluate, after at least one update. The state must not be changed.
  func average(_ weight: MutableTensorView<Float>, _ context: UpdateContext)
}

extension AveragingOptimizer {
  /// True: the weights to evaluate differ.
  public var averages: Bool { true }
}

/// An optimizer whose step depends on sums over all tensors that it updates, such as a distance traveled in all of them.
///
/// Before the first tensor is updated, ``shares(of:weight:_:)`` is called for each, and the total is in ``UpdateContext/sums``
/// during the updates. Tensors of a parameter group with its own optimizer have sums of their own. Within an optimizer that is
/// not collective, there are no sums: a step then uses the shares of its tensor.
public protocol CollectiveOptimizer: Optimizer {
  /// Returns a tensor's shares of up to four sums. It may change the state, once in every update.
  func shares(
    of gradient: TensorView<Float>, weight: TensorView<Float>, _ context: UpdateContext
  ) -> SIMD4<Double>
}

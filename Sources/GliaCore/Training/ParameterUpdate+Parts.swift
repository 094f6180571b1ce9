extension ParameterUpdate {
  /// The memory that contexts refer to, for the lifetime of the training.
  final class Shared {
    var report: PassReport { owned.value }
    private let owned = OwnedReport()
    let tensors: UnsafeMutableBufferPointer<TensorExtent>
    /// The sums over the tensors of each collective optimizer: the training's, then those of the groups.
    let sums: UnsafeMutablePointer<SIMD4<Double>>

    init(_ placed: [PlacedTensor], groups: Int) {
      tensors = .allocate(capacity: placed.count + 1)
      let extents = placed.map { TensorExtent(range: $0.range, axisCount: $0.plan.shape.count) }
      _ = tensors.initialize(from: extents + [TensorExtent(range: 0..<0, axisCount: 0)])
      sums = .allocate(capacity: groups + 1)
      sums.initialize(repeating: .zero, count: groups + 1)
    }

    deinit {
      tensors.deallocate()
      sums.deallocate()
    }
  }

  /// A transform by its roles, which are determined once, and the location of its state.
  struct PlacedTransform {
    let transform: any Transform
    let gradients: (any GradientTransform)?
    let accumulator: (any GradientAccumulator)?
    let perturbation: (any WeightPerturbation)?
    let weights: (any WeightTransform)?
    let average: (any WeightAverage)?
    let state: NamedState
    let start: Int

    init(_ transform: any Transform, state: NamedState, start: Int) {
      (self.transform, self.state, self.start) = (transform, state, start)
      gradients = transform as? any GradientTransform
      accumulator = transform as? any GradientAccumulator
      perturbation = transform as? any WeightPerturbation
      weights = transform as? any WeightTransform
      average = transform as? any WeightAverage
    }
  }
}

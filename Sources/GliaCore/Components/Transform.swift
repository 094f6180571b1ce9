/// A transformation of gradients before the optimizer uses them, or of weights around its step: clipping, noise, averaging.
///
/// A transform conforms to one protocol for each of its roles: ``GradientTransform`` changes gradients, ``GradientAccumulator``
/// postpones updates, ``WeightPerturbation`` changes the weights that a pass uses, ``WeightTransform`` the weights around an
/// update, ``WeightAverage`` the weights that are evaluated. Transforms are chained: each sees the result of the previous one.
/// Like an optimizer, a transform holds only its settings; its state is a set of named tensors, which the training owns, saves
/// and resumes from. Changes to frozen parameters are undone.
///
/// ```swift
/// struct ClipByValue: GradientTransform {
///   static let name = "my_clip"
///   var limit: Float = 1
///   func apply(_ gradient: MutableTensorView<Float>, weights: TensorView<Float>, _ context: UpdateContext) {
///     for i in gradient.indices { gradient[i] = min(max(gradient[i], -limit), limit) }
///   }
/// }
/// ```
///
/// All numbers form one row: a gradient or a weight for each parameter. `UpdateContext.tensor(_:of:)` returns the part that
/// belongs to one tensor.
public protocol Transform: Component {
  /// Returns the state for `count` parameters; empty by default.
  func state(for count: Int) -> [StatePlan]
}

extension Transform {
  /// The kind `transform`.
  public static var kind: ComponentKind { .transform }
  /// Returns no state.
  public func state(for count: Int) -> [StatePlan] { [] }
}

/// A transform that changes the gradient before the optimizer uses it, such as clipping.
public protocol GradientTransform: Transform {
  /// Changes the gradient, which is 0 for frozen parameters.
  func apply(_ gradient: MutableTensorView<Float>, weights: TensorView<Float>, _ context: UpdateContext)
}

/// A transform that combines several batches into one update.
public protocol GradientAccumulator: Transform {
  /// Adds the gradient of a batch; returns whether to make an update now, with the gradient that it leaves in `gradient`. The
  /// context has the same number for all batches of an update.
  func accumulate(_ gradient: MutableTensorView<Float>, _ context: UpdateContext) -> Bool
}

/// A transform that changes the weights around the optimizer's step, such as decay or lookahead.
public protocol WeightTransform: Transform {
  /// Changes the weights before the optimizer updates them; does nothing by default.
  func willUpdate(_ weights: MutableTensorView<Float>, _ context: UpdateContext)
  /// Changes the weights after the optimizer has updated them; does nothing by default.
  func didUpdate(_ weights: MutableTensorView<Float>, _ context: UpdateContext)
}

extension WeightTransform {
  /// Does nothing.
  public func willUpdate(_ weights: MutableTensorView<Float>, _ context: UpdateContext) {}
  /// Does nothing.
  public func didUpdate(_ weights: MutableTensorView<Float>, _ context: UpdateContext) {}
}

/// A transform that makes loss and gradient be computed at other weights than those being trained, such as noisy ones.
public protocol WeightPerturbation: Transform {
  /// Changes a copy of the weights, which the next pass uses.
  func perturb(_ weights: MutableTensorView<Float>, _ context: UpdateContext)
}

/// A transform that maps the trained weights to those that are evaluated and saved, such as their moving average.
public protocol WeightAverage: WeightTransform {
  /// Replaces the weights by those to evaluate, after at least one update. The state must not be changed.
  func average(_ weights: MutableTensorView<Float>, _ context: UpdateContext)
}

/// What happens to gradients before an optimizer uses them, and to weights around its step: clipping, noise, averages.
///
/// A transform conforms to one protocol for each role that it plays: ``GradientTransform`` changes gradients,
/// ``GradientAccumulator`` puts updates off, ``WeightPerturbation`` changes the weights that a pass sees, ``WeightTransform``
/// the weights around an update, ``WeightAverage`` those that are evaluated. Transforms are chained: each sees what the one
/// before it left. Like an optimizer, a transform holds only its settings; what it remembers are tensors with names, which
/// the training owns, saves and resumes from. What it does to frozen parameters is undone.
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
/// All numbers lie in one row: a gradient or a weight for each parameter. ``UpdateContext/tensor(_:of:)`` gives the part of a
/// tensor.
public protocol Transform: Component {
  /// What it remembers of `count` parameters; nothing by default.
  func state(for count: Int) -> [StatePlan]
}

extension Transform {
  /// The kind `transform`.
  public static var kind: ComponentKind { .transform }
  /// Nothing is remembered.
  public func state(for count: Int) -> [StatePlan] { [] }
}

/// A transform that changes the gradient before the optimizer uses it, such as clipping.
public protocol GradientTransform: Transform {
  /// Changes the gradient, which is 0 for frozen parameters.
  func apply(_ gradient: MutableTensorView<Float>, weights: TensorView<Float>, _ context: UpdateContext)
}

/// A transform that makes one update of several batches.
public protocol GradientAccumulator: Transform {
  /// Takes the gradient of a batch; returns whether an update is made now, with what it leaves in `gradient`. The context has
  /// the same number for all batches of an update.
  func accumulate(_ gradient: MutableTensorView<Float>, _ context: UpdateContext) -> Bool
}

/// A transform that changes the weights around the optimizer's step, such as decay or lookahead.
public protocol WeightTransform: Transform {
  /// Changes the weights before the optimizer moves them; by default nothing.
  func willUpdate(_ weights: MutableTensorView<Float>, _ context: UpdateContext)
  /// Changes the weights after the optimizer moved them; by default nothing.
  func didUpdate(_ weights: MutableTensorView<Float>, _ context: UpdateContext)
}

extension WeightTransform {
  /// Nothing changes.
  public func willUpdate(_ weights: MutableTensorView<Float>, _ context: UpdateContext) {}
  /// Nothing changes.
  public func didUpdate(_ weights: MutableTensorView<Float>, _ context: UpdateContext) {}
}

/// A transform by which loss and gradient are computed at other weights than those that are trained, such as noise.
public protocol WeightPerturbation: Transform {
  /// Changes a copy of the weights, which the next pass sees.
  func perturb(_ weights: MutableTensorView<Float>, _ context: UpdateContext)
}

/// A transform that maps the weights that are trained to those that are evaluated and saved, such as their moving average.
public protocol WeightAverage: WeightTransform {
  /// Replaces the weights by those that are evaluated, after at least one update. The state is not to be changed.
  func average(_ weights: MutableTensorView<Float>, _ context: UpdateContext)
}

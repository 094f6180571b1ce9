/// What happens to gradients before an optimizer uses them, and to parameters around its step: clipping, noise, averages.
///
/// Transforms are chained: each sees what the one before it made of the gradient. Like an optimizer, a transform holds
/// only its settings; what it remembers lies in a buffer that the training owns, saves and resumes from. What it does to
/// frozen parameters is undone.
///
/// ```swift
/// struct ClipByValue: Transform {
///   static let name = "my_clip"
///   var limit: Float = 1
///   func apply(
///     _ gradient: inout MutableSpan<Float>, parameters: Span<Float>, state: inout MutableSpan<Float>, step: OptimizerStep
///   ) -> Bool {
///     for i in gradient.indices { gradient[i] = min(max(gradient[i], -limit), limit) }
///     return true
///   }
/// }
/// ```
public protocol Transform: Component {
  /// How many numbers it remembers for `parameters` parameters; they start at zero.
  func stateCount(parameters: Int) -> Int

  /// Whether ``perturb(_:step:)`` changes anything; only then the training keeps a copy for it.
  var perturbs: Bool { get }
  /// Changes a copy of the parameters, with which the next pass computes loss and gradient.
  func perturb(_ parameters: inout MutableSpan<Float>, step: OptimizerStep)

  /// Changes the gradient; returns whether an update is made with it.
  ///
  /// - Parameters:
  ///   - gradient: one number a parameter, changed in place; 0 for frozen ones.
  ///   - parameters: what the gradient belongs to.
  ///   - state: ``stateCount(parameters:)`` numbers, changed in place.
  ///   - step: which update it is (the same for all batches that are put off), at which rate of the training's optimizer,
  ///     where the tensors lie.
  func apply(
    _ gradient: inout MutableSpan<Float>, parameters: Span<Float>, state: inout MutableSpan<Float>,
    step: OptimizerStep
  ) -> Bool

  /// Changes the parameters after the optimizer moved them.
  func updated(_ parameters: inout MutableSpan<Float>, state: inout MutableSpan<Float>, step: OptimizerStep)

  /// Whether ``present(_:state:updates:)`` changes anything.
  var presents: Bool { get }
  /// Turns the parameters that are trained into those that are evaluated and kept, such as their average, after at least
  /// one update.
  func present(_ parameters: inout MutableSpan<Float>, state: Span<Float>, updates: Int)
}

extension Transform {
  /// The kind `transform`.
  public static var kind: ComponentKind { .transform }
  /// Nothing is remembered.
  public func stateCount(parameters: Int) -> Int { 0 }
  /// The pass sees the parameters as they are.
  public var perturbs: Bool { false }
  /// Nothing changes.
  public func perturb(_ parameters: inout MutableSpan<Float>, step: OptimizerStep) {}
  /// The gradient stays as it is.
  public func apply(
    _ gradient: inout MutableSpan<Float>, parameters: Span<Float>, state: inout MutableSpan<Float>,
    step: OptimizerStep
  ) -> Bool { true }
  /// Nothing changes.
  public func updated(_ parameters: inout MutableSpan<Float>, state: inout MutableSpan<Float>, step: OptimizerStep) {}
  /// What is trained is evaluated.
  public var presents: Bool { false }
  /// Nothing changes.
  public func present(_ parameters: inout MutableSpan<Float>, state: Span<Float>, updates: Int) {}
}

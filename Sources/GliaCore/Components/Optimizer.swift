/// A rule that updates parameters from their gradients: it turns the gradient of a tensor into the step to subtract.
///
/// An optimizer holds only hyperparameters. Its state between steps is a set of named tensors, which the training owns, saves
/// and resumes from. A rule that updates each parameter independently is one formula: see ``ElementwiseOptimizer``.
///
/// ```swift
/// struct Momentum: Optimizer {                                  // v ← ½ v + g; w ← w - η v
///   static let name = "my_momentum"
///   var learningRate: Float = 0.01
///   func state(for shape: [Int]) -> [StatePlan] { [StatePlan("velocity", shape: shape)] }
///   func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
///     let velocity = context.state["velocity"]
///     velocity.update(gradient.view) { velocity, gradient in velocity = 0.5 * velocity + gradient }
///     gradient.assign(velocity.view, times: context.learningRate)
///   }
/// }
/// ```
///
/// Optimizers can be nested: one that wraps another calls its ``step(_:of:_:)`` with the same context, lists its state first,
/// and changes the resulting step; ``UpdateContext/with(learningRate:)`` gives it a rate of its own.
///
/// An optimizer that evaluates other weights than it trains is an ``AveragingOptimizer``, one that needs sums over all tensors a
/// ``CollectiveOptimizer``, and one that needs a second gradient elsewhere an ``AscendingOptimizer``.
public protocol Optimizer: Component {
  /// The base learning rate of a ``Schedule``.
  var learningRate: Float { get set }
  /// The settings that are usually tuned, each with its range as in a search space, such as `log:1e-4..1`; by default the
  /// learning rate. Comparisons of optimizers tune these.
  static var tuning: KeyValuePairs<String, String> { get }
  /// Returns the state for a tensor of `shape`; empty by default.
  func state(for shape: [Int]) -> [StatePlan]
  /// Turns the gradient of a tensor into the step to subtract from it.
  ///
  /// - Parameters:
  ///   - gradient: the gradient, to be replaced by the step.
  ///   - weight: the tensor before the step, of the same shape.
  ///   - context: the number and learning rate of the update, and the optimizer's state by name.
  func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext)
  /// Updates a tensor, w ← w - step(g); implement it only if one pass over the numbers is faster. The gradient may be
  /// overwritten.
  func update(_ weight: MutableTensorView<Float>, _ gradient: MutableTensorView<Float>, _ context: UpdateContext)
}

extension Optimizer {
  /// The kind `optimizer`.
  public static var kind: ComponentKind { .optimizer }
  /// The learning rate, from 0.0001 to 1.
  public static var tuning: KeyValuePairs<String, String> { ["learning_rate": "log:1e-4..1"] }
  /// Returns no state.
  public func state(for shape: [Int]) -> [StatePlan] { [] }
  /// Subtracts the step.
  public func update(
    _ weight: MutableTensorView<Float>, _ gradient: MutableTensorView<Float>, _ context: UpdateContext
  ) {
    step(gradient, of: weight.view, context)
    weight.update(gradient.view) { weight, step in weight -= step }
  }

  /// Throws if the learning rate is not a positive, finite number.
  public func requirePositiveRate() throws {
    try require(learningRate > 0 && learningRate.isFinite, "learning_rate", learningRate, expected: "a number above 0")
  }
  /// Throws if the learning rate is not positive.
  public func validate() throws { try requirePositiveRate() }

  /// The base rate of a schedule: 0.02 as a Float is 0.0199999996 as a Double, but the decimal value is meant.
  var baseRate: Double { Double(learningRate.description) ?? Double(learningRate) }
}

/// The number and learning rate of an optimizer step.
public struct OptimizerStep: Sendable {
  /// The number of the step, from 1.
  public var number: Int
  /// The learning rate of this step.
  public var learningRate: Float

  /// Creates the step `number` (from 1) with `learningRate`.
  public init(number: Int, learningRate: Float) { (self.number, self.learningRate) = (number, learningRate) }
}

/// A rule by which parameters follow their gradients: it turns the gradient of a tensor into the step that is subtracted.
///
/// An optimizer holds hyper-parameters only. What it remembers between steps are tensors with names, which the training owns,
/// saves and resumes from. A rule that moves each parameter by itself is one formula: see ``ElementwiseOptimizer``.
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
/// Rules chain: one that holds another calls its ``step(_:of:_:)`` with the same context, lists its state first, and changes
/// the step that comes out.
public protocol Optimizer: Component {
  /// The rate that a ``Schedule`` starts from.
  var learningRate: Float { get set }
  /// What it remembers for a tensor of `shape`; nothing by default.
  func state(for shape: [Int]) -> [StatePlan]
  /// Turns the gradient of a tensor into the step that is subtracted from it.
  ///
  /// - Parameters:
  ///   - gradient: the gradient, to be replaced by the step.
  ///   - weight: the tensor before the step, of the same shape.
  ///   - context: the number and rate of the update, and what the optimizer remembers, by name.
  func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext)
  /// Moves a tensor by its step, w ← w - step(g): to be written only where that goes faster in one pass over the numbers. The
  /// gradient may be overwritten.
  func update(_ weight: MutableTensorView<Float>, _ gradient: MutableTensorView<Float>, _ context: UpdateContext)
}

extension Optimizer {
  /// The kind `optimizer`.
  public static var kind: ComponentKind { .optimizer }
  /// Nothing is remembered.
  public func state(for shape: [Int]) -> [StatePlan] { [] }
  /// Subtracts the step.
  public func update(
    _ weight: MutableTensorView<Float>, _ gradient: MutableTensorView<Float>, _ context: UpdateContext
  ) {
    step(gradient, of: weight.view, context)
    weight.update(gradient.view) { weight, step in weight -= step }
  }

  /// Refuses a learning rate that is not a positive, finite number.
  public func requirePositiveRate() throws {
    try require(learningRate > 0 && learningRate.isFinite, "learning_rate", learningRate, expected: "a number above 0")
  }
  /// The learning rate must be positive.
  public func validate() throws { try requirePositiveRate() }

  /// The rate that a schedule starts from: 0.02 as a Float is 0.0199999996 as a Double, but what was written is meant.
  var baseRate: Double { Double(learningRate.description) ?? Double(learningRate) }
}

/// Which step of an optimizer it is, and at which rate.
public struct OptimizerStep: Sendable {
  /// The number of the step, from 1.
  public var number: Int
  /// The learning rate of this step.
  public var learningRate: Float

  /// The step `number` (from 1) at `learningRate`.
  public init(number: Int, learningRate: Float) { (self.number, self.learningRate) = (number, learningRate) }
}

/// How parameters follow their gradients.
///
/// An optimizer holds hyper-parameters only. What it remembers between steps lies in one buffer that the training owns,
/// saves and resumes from.
public protocol Optimizer: Component {
  /// The rate that a ``Schedule`` starts from.
  var learningRate: Float { get set }
  /// Whether parameters move as their tensor does, as by its norm, and not each by itself.
  var treatsTensorsAsWholes: Bool { get }
  /// How many numbers it remembers for `parameters` parameters; they start at zero.
  func stateCount(parameters: Int) -> Int
  /// Moves the parameters by one step.
  ///
  /// - Parameters:
  ///   - parameters: all n parameters, changed in place.
  ///   - gradient: n numbers.
  ///   - state: ``stateCount(parameters:)`` numbers, changed in place.
  ///   - step: which step it is, and at which rate.
  func update(
    _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, state: inout MutableSpan<Float>,
    step: OptimizerStep)
}

extension Optimizer {
  /// The kind `optimizer`.
  public static var kind: ComponentKind { .optimizer }
  /// Each parameter moves by itself.
  public var treatsTensorsAsWholes: Bool { false }
  /// Nothing is remembered.
  public func stateCount(parameters: Int) -> Int { 0 }

  /// Refuses a learning rate that is not a positive, finite number.
  public func requirePositiveRate() throws {
    try require(learningRate > 0 && learningRate.isFinite, "learning_rate", learningRate, expected: "a number above 0")
  }
  /// The learning rate must be positive.
  public func validate() throws { try requirePositiveRate() }
}

/// The context of one optimizer step.
public struct OptimizerStep: Sendable {
  /// The number of the step, from 1.
  public var number: Int
  /// The learning rate of this step.
  public var learningRate: Float
  /// Where each tensor lies among the parameters, for rules that treat a tensor as a whole; empty for one tensor.
  public var tensors: [Range<Int>]

  /// What random draws in this step start from.
  var key: UInt64

  /// The step `number` (from 1) at `learningRate`; random draws start from `key`.
  public init(number: Int, learningRate: Float, tensors: [Range<Int>] = [], key: UInt64 = 0) {
    (self.number, self.learningRate, self.tensors, self.key) = (number, learningRate, tensors, key)
  }

  /// A generator for this step, another one for every step and every transform.
  public var random: Random { Random(seed: key) }
}

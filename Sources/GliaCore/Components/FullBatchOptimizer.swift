/// An optimizer that sees all training samples at once and may evaluate the objective as often as it needs: a solver, such as
/// L-BFGS or Levenberg–Marquardt.
///
/// One step is one epoch. The objective is the mean loss of all training samples plus all penalties, as a function of one
/// vector: all parameters that are not frozen, in the order of the network's tensors. Within a step it is a fixed function,
/// because random layers and augmentations repeat their draws; from step to step they draw anew. Mini-batches, transforms,
/// constraints and groups with other optimizers are refused, because they change the objective or the weights without the
/// solver's knowledge, and so are schedules, because a solver chooses the lengths of its steps itself.
///
/// ```swift
/// struct Descent: FullBatchOptimizer {               // w ← w - t ∇f(w), with t halved until f decreases
///   static let name = "my_descent"
///   var learningRate: Float = 1
///   func state(for shape: [Int]) -> [StatePlan] { [StatePlan("length", shape: [1], start: 1)] }
///   func step(_ objective: Objective, state: inout SolverState, at step: OptimizerStep) throws -> SolverStep {
///     var length = 2 * state[number: "length"]
///     while length > 1e-10 {
///       let next = zip(objective.parameters, objective.gradient).map { $0 - step.learningRate * length * $1 }
///       if try objective.value(at: next) < objective.value {
///         state[number: "length"] = length
///         return SolverStep(to: next)
///       }
///       length /= 2
///     }
///     return .converged
///   }
/// }
/// ```
///
/// Everything that a solver remembers between steps must be in its state, which checkpoints contain: a resumed training then
/// takes the same steps, bit for bit. Numbers of state are of single precision; their rounding error is no larger than that
/// of the gradients, which are computed in single precision.
public protocol FullBatchOptimizer: Optimizer {
  /// Whether the solver needs residuals and their Jacobian, that is, a sum of squares as objective: a ``LeastSquaresLoss``,
  /// and no penalties other than a ``LeastSquaresRegularizer``. False by default.
  var usesResiduals: Bool { get }

  /// Throws if the solver cannot be used for so many parameters, or for a network with penalties on the tensors `penalized`.
  ///
  /// - Parameters:
  ///   - parameters: the number of parameters that are not frozen.
  ///   - penalized: the names of the tensors with a regularizer.
  func checkProblem(parameters: Int, penalized: [String]) throws

  /// Makes one step.
  ///
  /// - Parameters:
  ///   - objective: the function to minimize, with its value and its gradient at the current parameters.
  ///   - state: the solver's state by name; its plan is ``Optimizer/state(for:)`` of the shape `[parameters]`.
  ///   - step: the number and the learning rate of the step. A solver chooses the lengths of its steps itself; the rate is a
  ///     factor of the length that it would try first, 1 by default.
  /// - Returns: the new parameters, and whether the solver has converged, which ends the training.
  /// - Throws: an error of the objective.
  func step(_ objective: Objective, state: inout SolverState, at step: OptimizerStep) throws -> SolverStep
}

extension FullBatchOptimizer {
  /// Nothing: a solver chooses the length of its steps itself.
  public static var tuning: KeyValuePairs<String, String> { [:] }
  /// False: value and gradient suffice.
  public var usesResiduals: Bool { false }
  /// Accepts all problems.
  public func checkProblem(parameters: Int, penalized: [String]) throws {}

  /// Reports an error: a gradient alone is not enough for a step.
  public func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    gradient.report?.note("a step from a gradient alone, although \(Self.name) needs the objective")
    gradient.fill(0)
  }
}

/// The result of a step of a ``FullBatchOptimizer``.
public struct SolverStep: Hashable, Sendable {
  /// The new parameters; nil to keep the current ones.
  public var parameters: [Float]?
  /// Whether the solver has converged: the gradient is 0 up to its tolerance, or no step decreases the objective any further.
  public var isConverged: Bool

  /// Creates a step to `parameters`.
  public init(to parameters: [Float]?, isConverged: Bool = false) {
    (self.parameters, self.isConverged) = (parameters, isConverged)
  }

  /// Stays at the current parameters, which cannot be improved.
  public static let converged = SolverStep(to: nil, isConverged: true)
}

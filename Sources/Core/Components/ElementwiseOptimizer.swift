/// An optimizer that moves each parameter by itself, given by the step of one parameter.
///
/// ```swift
/// struct Signum: ElementwiseOptimizer {
///   struct State: ParameterState { var mean: Float = 0 }
///   static let name = "signum"
///   var learningRate: Float = 0.001
///   var momentum: Float = 0.9
///   func step(_ gradient: Float, state: inout State, at step: OptimizerStep) -> Float {
///     state.mean = momentum * state.mean + (1 - momentum) * gradient
///     return step.learningRate * (state.mean > 0 ? 1 : state.mean < 0 ? -1 : 0)
///   }
/// }
/// ```
///
/// Numbers that are the same for all parameters, such as a power of the step's number, are computed once in
/// ``prepare(_:)``. A built-in kernel may take the formula's place in ``Optimizer/update(_:_:_:)``.
public protocol ElementwiseOptimizer: Optimizer {
  /// What is remembered for each parameter between steps.
  associatedtype State: ParameterState = NoState
  /// What the steps of all parameters have in common.
  associatedtype Common = OptimizerStep
  /// What the steps of all parameters have in common; by default the number and the rate.
  func prepare(_ step: OptimizerStep) -> Common
  /// What is subtracted from a parameter with this gradient.
  func step(_ gradient: Float, state: inout State, at common: Common) -> Float
}

extension ElementwiseOptimizer where Common == OptimizerStep {
  /// The number and the rate.
  @inlinable
  public func prepare(_ step: OptimizerStep) -> OptimizerStep { step }
}

/// What an optimizer remembers for one parameter: a struct of properties of type `Float`, which start as they are declared.
public protocol ParameterState: BitwiseCopyable, Sendable {
  /// The state before the first step.
  init()
}

/// The state of an optimizer that remembers nothing.
public struct NoState: ParameterState {
  /// Nothing.
  public init() {}
}

extension ParameterState {
  /// How many numbers it is.
  @inlinable
  static var count: Int { MemoryLayout<Self>.size / MemoryLayout<Float>.size }

  /// Refuses properties that are not of type `Float`: their bits would be taken for numbers.
  static func check() throws {
    for property in Mirror(reflecting: Self()).children where !(property.value is Float) {
      throw GliaError(
        "the state '\(property.label ?? "")' is of type \(type(of: property.value))", at: "\(Self.self)",
        expected: "properties of type Float")
    }
  }
}

extension ElementwiseOptimizer {
  func checkState() throws { try State.check() }

  /// A tensor for each property of the state, by its name.
  public func state(for shape: [Int]) -> [StatePlan] {
    Mirror(reflecting: State()).children.map { property in
      StatePlan(property.label ?? "", shape: shape, start: property.value as? Float ?? 0)
    }
  }

  /// Replaces the gradient of each parameter by its step.
  @inlinable
  public func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    compute(gradient, context) { step, i in gradient.start[i] = step }
  }

  /// Moves each parameter by its step.
  @inlinable
  public func update(
    _ weight: MutableTensorView<Float>, _ gradient: MutableTensorView<Float>, _ context: UpdateContext
  ) {
    guard weight.common(gradient.count) == gradient.count else { return }
    compute(gradient, context) { step, i in weight.start[i] -= step }
  }

  /// Computes the steps; the properties of the state are the first tensors that the context has.
  @inlinable @inline(__always)
  func compute(_ gradient: MutableTensorView<Float>, _ context: UpdateContext, _ use: (Float, Int) -> Void) {
    let (count, properties) = (gradient.count, State.count)
    let common = prepare(context.step)
    withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Float>.self, capacity: properties) { numbers in
      for k in 0..<properties {
        guard let start = context.numbers(k, count: count) else { return }
        numbers.initializeElement(at: k, to: start)
      }
      for i in 0..<count {
        var own = State()
        withUnsafeMutableBytes(of: &own) { own in
          for k in 0..<properties { own.storeBytes(of: numbers[k][i], toByteOffset: 4 * k, as: Float.self) }
        }
        use(step(gradient.start[i], state: &own, at: common), i)
        withUnsafeBytes(of: &own) { own in
          for k in 0..<properties { numbers[k][i] = own.loadUnaligned(fromByteOffset: 4 * k, as: Float.self) }
        }
      }
    }
  }
}

extension UpdateContext {
  /// Where the `k`-th tensor of the state begins; nil, and a fault, if it does not have `count` numbers.
  @usableFromInline
  func numbers(_ k: Int, count: Int) -> UnsafeMutablePointer<Float>? {
    guard let layout = layouts[k], layout.rows(1) &* layout.columns == count else {
      report.note("a state for each of \(count) parameters")
      return nil
    }
    return stateStart + layout.offset(1)
  }
}

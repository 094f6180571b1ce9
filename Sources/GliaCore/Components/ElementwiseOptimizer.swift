/// An optimizer that updates each parameter independently, given by the step of one parameter.
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
/// Values shared by all parameters, such as a power of the step number, are computed once in ``prepare(_:)``. A built-in kernel
/// may replace the formula in ``Optimizer/update(_:_:_:)``.
public protocol ElementwiseOptimizer: Optimizer {
  /// The state stored for each parameter between steps.
  associatedtype State: ParameterState = NoState
  /// The values shared by the steps of all parameters.
  associatedtype Common = OptimizerStep
  /// Computes the values shared by the steps of all parameters; by default the step number and the learning rate.
  func prepare(_ step: OptimizerStep) -> Common
  /// Returns the amount to subtract from a parameter with this gradient.
  func step(_ gradient: Float, state: inout State, at common: Common) -> Float
}

extension ElementwiseOptimizer where Common == OptimizerStep {
  /// Returns the step number and the learning rate.
  @inlinable
  public func prepare(_ step: OptimizerStep) -> OptimizerStep { step }
}

/// An optimizer's state for one parameter: a struct of properties of type `Float`, whose initial values are their defaults.
public protocol ParameterState: BitwiseCopyable, Sendable {
  /// Creates the state before the first step.
  init()
}

/// The state of an optimizer without state.
public struct NoState: ParameterState {
  /// Creates the empty state.
  public init() {}
}

extension ParameterState {
  /// The number of values in the state.
  @inlinable
  static var count: Int { MemoryLayout<Self>.size / MemoryLayout<Float>.size }

  /// Throws if a property is not of type `Float`, because its bits would be read as numbers.
  static func check() throws {
    for property in Mirror(reflecting: Self()).children where type(of: property.value) != Float.self {
      throw GliaError(
        "the state '\(property.label ?? "")' is of type \(type(of: property.value))", at: "\(Self.self)",
        expected: "properties of type Float")
    }
  }
}

extension ElementwiseOptimizer {
  func checkState() throws { try State.check() }

  /// Returns a tensor for each property of the state, under the property's name.
  public func state(for shape: [Int]) -> [StatePlan] {
    Mirror(reflecting: State()).children.map { property in
      StatePlan(property.label ?? "", shape: shape, start: property.value as? Float ?? 0)
    }
  }

  /// Replaces each parameter's gradient by its step.
  @inlinable
  public func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    compute(gradient, context) { step, i in gradient.start[i] = step }
  }

  /// Subtracts each parameter's step.
  @inlinable
  public func update(
    _ weight: MutableTensorView<Float>, _ gradient: MutableTensorView<Float>, _ context: UpdateContext
  ) {
    guard weight.common(gradient.count) == gradient.count else { return }
    compute(gradient, context) { step, i in weight.start[i] -= step }
  }

  /// Computes the steps; the properties of the state are the first tensors of the context.
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
  /// Returns where the `k`-th tensor of the state begins; nil, and an error is reported, if it does not have `count` numbers.
  @usableFromInline
  func numbers(_ k: Int, count: Int) -> UnsafeMutablePointer<Float>? {
    guard let layout = layouts[k], layout.rows(1) &* layout.columns == count else {
      report.note("a state for each of \(count) parameters")
      return nil
    }
    return stateStart + layout.offset(1)
  }
}

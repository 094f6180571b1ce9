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
public protocol ElementwiseOptimizer: Optimizer {
  /// What is remembered for each parameter between steps.
  associatedtype State: ParameterState = NoState
  /// What is subtracted from a parameter with this gradient.
  func step(_ gradient: Float, state: inout State, at step: OptimizerStep) -> Float
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

  /// As many numbers a parameter as the state has properties.
  @inlinable
  public func stateCount(parameters: Int) -> Int { parameters * State.count }

  /// Moves each parameter by its step. The state holds the first property of all parameters, then the second, and so on.
  @inlinable
  public func update(
    _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, state: inout MutableSpan<Float>, step: OptimizerStep
  ) {
    let (count, properties) = (parameters.count, State.count)
    guard gradient.count == count, state.count >= count * properties else { return }
    parameters.withUnsafeMutableBufferPointer { parameters in
      gradient.withUnsafeBufferPointer { gradient in
        state.withUnsafeMutableBufferPointer { numbers in
          for i in 0..<count {
            var own = State()
            if step.number > 1 {
              withUnsafeMutableBytes(of: &own) { own in
                for k in 0..<properties {
                  own.storeBytes(of: numbers[k * count + i], toByteOffset: 4 * k, as: Float.self)
                }
              }
            }
            parameters[i] -= self.step(gradient[i], state: &own, at: step)
            withUnsafeBytes(of: &own) { own in
              for k in 0..<properties {
                numbers[k * count + i] = own.loadUnaligned(fromByteOffset: 4 * k, as: Float.self)
              }
            }
          }
        }
      }
    }
  }
}

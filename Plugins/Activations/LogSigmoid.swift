import GliaCore
import GliaKernels

/// The logarithm of the logistic function: f(z) = ln σ(z) = -ln(1 + e⁻ᶻ), f′(z) = σ(-z) = 1 - e^f(z); always negative.
public struct LogSigmoid: ElementwiseActivation {
  public static let name = "log_sigmoid"
  public static let summary = "ln(sigmoid(z))"
  /// Creates the log-sigmoid activation.
  public init() {}
  public var needsInput: Bool { false }
  public var range: ClosedRange<Float>? { -.infinity...0 }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { -.softplus(-z) }
  public func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    for i in gradient.indices { gradient[i] *= -glia_expm1f(a[i]) }
  }
}

extension Activation where Self == LogSigmoid {
  /// The logarithm of the logistic function.
  public static var logSigmoid: LogSigmoid { LogSigmoid() }
}

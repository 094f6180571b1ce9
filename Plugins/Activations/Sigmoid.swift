import GliaCore
import GliaKernels

/// The logistic function: f(z) = 1 / (1 + e⁻ᶻ), f′(z) = f(z) (1 - f(z)); range from 0 to 1.
public struct Sigmoid: ElementwiseActivation {
  public static let name = "sigmoid"
  public static let aliases = ["logistic"]
  public static let summary = "1 / (1 + e⁻ᶻ)"
  /// Creates the sigmoid activation.
  public init() {}
  public var needsInput: Bool { false }
  public var link: Link? { .logistic }
  public var range: ClosedRange<Float>? { 0...1 }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { .sigmoid(z) }

  public func apply(_ values: inout MutableSpan<Float>, width: Int) { values.apply { glia_sigmoid($0, $1, $2) } }
  public func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    gradient.apply(with: a) { glia_sigmoid_pullback($0, $1, $2, $3) }
  }
}

extension Activation where Self == Sigmoid {
  /// The logistic function.
  public static var sigmoid: Sigmoid { Sigmoid() }
}
